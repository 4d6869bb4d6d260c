using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Statistics of groups' values: the average number of orders per customer, the highest daily total.</summary>
internal static class NestedForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (draft.Inner is { } inner)
            return Statistics(form, inner, draft.Keys.Where(k => k.Key != inner));
        // "The average revenue per day": of the days' totals, where each has several rows.
        if (draft is { Rank: null, Measures: [{ Statistic: Statistic.Average, Expression: Expr.Of { Column: var added }, Ready: null } mean], Keys: [{ Role: KeyRole.Each, Key: { IsTime: true, Bucket: not null } step } per] }
            && added.AddsUp() == true && mean.At < per.At && sentence[sentence.Previous(per.At)].Stem == "per" && !(step is { Bucket: Bucket.Day, Column.Type: ColumnType.Date } && step.Column.Distinct >= 0.98 * form.Table.Rows))
        {
            sentence.Notes.Add($"Taken was the average of each {step.Name}'s total; say average {added.Name} by {step.Name} for a value of each.");
            return Nest(form, step, new Output($"total {added.Name}", new Measure.Of(Statistic.Sum, new Expr.Of(added))), [Statistic.Average], []);
        }

        // "Bugs per month on average".
        if (draft is { Rank: null, Measures.Count: 0, Keys: [{ Role: KeyRole.Each }] } && sentence.Has(Lex.Average) && form.RowNoun() is >= 0 and var noun)
        {
            sentence.Take("measure", noun);
            draft.Measures.Add(CountGrammar.Rows(sentence, noun));
        }

        // "The average amount per customer" may be of what each row is, or of all that each has.
        if (draft is { Rank: null, Measures: [{ Statistic: Statistic.Average, Expression: Expr.Of { Column: var amount }, Ready: null }], Keys: [{ Role: KeyRole.Each, Key: { Bucket: null } group } told] } && amount.AddsUp() == true && sentence[sentence.Previous(told.At)].Stem == "per" && group.Column.Distinct * 2 < form.Table.Rows)
            sentence.Notes.Add($"Averaged are the rows of each {group.Name}; say average total {amount.Name} per {group.Name} for what each has in all.");

        var apart = Enumerable.Range(0, sentence.Count).FirstOrDefault(i => sentence.Lex(i) is Lex.Average or Lex.Median or Lex.Maximum or Lex.Minimum, -1);
        if (apart < 0 || draft.Measures is not [var measure] || !(measure.Counts || measure.Statistic is not null && measure.At > apart || measure.Statistic == Statistic.Sum))
            return null;
        var each = draft.KeyOf(KeyRole.Each) ?? draft.KeyOf(KeyRole.By);
        // "How many orders does an average customer place".
        each ??= draft.Keys.Find(k => k is { Role: KeyRole.Named } && k.At == sentence.Next(apart) && !sentence[k.At].Raw.EndsWith('s'));
        // "The average number of goals per match", where each row is one.
        if (each is null && draft.IsPerRow && measure is { Statistic: Statistic.Sum, Expression: not null, Ready: null } && draft.Rank is null)
        {
            sentence.Take("measure", apart);
            draft.Measures[0] = measure with { Statistic = AggregateGrammar.StatisticOf(sentence[apart].Lex) };
            return null;
        }

        if (each is null)
        {
            sentence.Refuse($"It does not say per what the {sentence[apart].Raw} is meant.");
            return null;
        }

        if (draft.Rank is not null)
        {
            sentence.Refuse($"It does not say what is {form.Raw(draft.Rank.At)}.");
            return null;
        }

        // "The average number of seats by plan" is that of the rows of each; "per plan" is of the plans' totals.
        if (!measure.Counts && measure.Statistic == Statistic.Sum && each.Role == KeyRole.By && !each.Key.IsTime && sentence[apart + 1].Lex == Lex.HowMany)
        {
            sentence.Take("measure", apart);
            draft.Measures[0] = measure with { Statistic = AggregateGrammar.StatisticOf(sentence[apart].Lex) };
            return null;
        }

        if (form.Measuring.Of(measure) is not { } value)
            return null;
        var statistic = AggregateGrammar.StatisticOf(sentence[apart].Lex)!.Value;
        sentence.Take("measure", apart);
        return Nest(form, each.Key, value, [statistic], draft.Keys.Where(k => k != each));
    }

    private static Query.Aggregate? Statistics(Form form, Key inner, IEnumerable<KeyPart> keys)
    {
        var draft = form.Draft;
        if (draft.Measures is not [var measure])
        {
            if (form.OneMeasure() is not { } rows)
                return null;
            return Nest(form, inner, rows, Asked(form, null), keys);
        }

        var total = measure.Counts ? form.Measuring.Of(measure) : form.Measuring.Of(measure with { Statistic = null }, Statistic.Sum);
        return total is null ? null : Nest(form, inner, total, Asked(form, measure.Counts ? null : measure.Statistic), keys);
    }

    private static IReadOnlyList<Statistic> Asked(Form form, Statistic? said)
    {
        if (form.Draft.Rank is { } rank)
            return rank.BothEnds ? [Statistic.Minimum, Statistic.Maximum] : [rank.Descending ? Statistic.Maximum : Statistic.Minimum];
        if (said is { } statistic && statistic != Statistic.Sum)
            return [statistic];
        for (var i = 0; i < form.Sentence.Count; i++)
        {
            if (form.Sentence.IsFree(i) && AggregateGrammar.StatisticOf(form.Sentence[i].Lex) is { } apart)
            {
                form.Sentence.Take("measure", i);
                return [apart];
            }
        }

        return [Statistic.Average];
    }

    private static Query.Aggregate Nest(Form form, Key inner, Output value, IReadOnlyList<Statistic> statistics, IEnumerable<KeyPart> keys) =>
        new([.. keys.Select(k => k.Key)], [.. statistics.Select(s => new Output($"{Word(s)} {value.Name} per {inner.Name}", value.Measure))])
        {
            Where = form.Where(), Nested = new Nested(inner, value.Measure, statistics),
        };

    private static string Word(Statistic statistic) => statistic switch
    {
        Statistic.Maximum => "highest", Statistic.Minimum => "lowest", Statistic.Deviation => "standard deviation of", _ => statistic.ToString().ToLowerInvariant(),
    };
}
