using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Numbers that are named without a word for what to do with them; and those words, where they stand apart.</summary>
internal static class PlainGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            var item = sentence[i];
            if (!sentence.IsFree(i) || item.Lex == Lex.Verb || (item.Formula is null && item.ColumnsWhere(c => c.IsMeasure()).Count == 0) || item.Number is not null && sentence[i].Column is null)
                continue;
            if (item.Column is { Likeness: Likeness.Related } && IsSaid(sentence, draft, i))
                continue;
            // "Who resolved the most tickets": tickets are what is counted, and not what the verb's column measures.
            if (item.Column is { Likeness: Likeness.Related } && item.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase) && draft.Rank is { } rank && rank.At > i && sentence[rank.At].Lex is Lex.Most or Lex.Least && sentence[sentence.Next(rank.At)].IsRow)
            {
                sentence.Take("rank", i);
                continue;
            }

            if (AggregateGrammar.ExprOf(sentence, i) is not { } expr)
                continue;
            sentence.Take("measure", i);
            SayRatio(sentence, i);
            if (!draft.Measures.Exists(m => m.Expression == expr))
                draft.Measures.Add(new MeasurePart(null, expr, i) { Ready = item.Ratio, Name = item.Ratio is null ? null : item.Raw });
        }

        Apart(sentence, draft);
        if (draft.IsPerRow)
            PerRow(sentence, draft);
    }

    // "Cost per order" is the mean of them; of a total there is no such.
    private static void PerRow(Sentence sentence, Draft draft)
    {
        if (draft.Measures.TrueForAll(m => (m.Expression is null && m.Ready is null) || m.Statistic == Statistic.Distinct))
            sentence.Refuse("Each row counts once; it does not say what of a row is asked.");
        for (var i = 0; i < draft.Measures.Count; i++)
        {
            var measure = draft.Measures[i];
            if (measure is not { Expression: not null, Ready: null, Statistic: null or Statistic.Sum })
                continue;
            if (Enumerable.Range(0, sentence.Count).Any(k => sentence[k].Lex == Lex.Sum && sentence.PartOf(k) == "measure"))
                sentence.Refuse("The total of a single row is that row's; say average, or list the rows.");
            draft.Measures[i] = measure with { Statistic = Statistic.Average };
        }
    }

    /// <summary>Says of which totals a quotient is.</summary>
    public static void SayRatio(Sentence sentence, int at)
    {
        if (sentence[at].Ratio is Measure.Binary { Left: Measure.Of { Expression: Expr.Of { Column: var top } }, Right: Measure.Of { Expression: Expr.Of { Column: var bottom } } })
            sentence.Notes.Add($"'{sentence[at].Raw}' is the total {top.Name} divided by the total {bottom.Name}, and not the mean of each row's quotient.");
    }

    // A word of a related meaning adds nothing where its column, or one that it describes, is measured already.
    private static bool IsSaid(Sentence sentence, Draft draft, int i)
    {
        var columns = sentence[i].ColumnsWhere(c => c.IsMeasure());
        if (draft.Measures.Exists(m => m.Expression?.Columns.Any(columns.Contains) == true)
            || (draft.Measures.Exists(m => m.Counts) && draft.Filters.Exists(f => f.Column is { } c && columns.Contains(c))))
        {
            sentence.Take("measure", i);
            return true;
        }

        var next = sentence.Next(i);
        if (sentence[next].Column is { Likeness: < Likeness.Related } && sentence[next].ColumnsWhere(c => c.IsMeasure()).Count > 0)
        {
            sentence.Take("measure", i);
            sentence.Notes.Add($"'{sentence[i].Raw} {sentence[next].Raw}' was read as {sentence[next].Raw}.");
            return true;
        }

        return false;
    }

    // "On average, how many …", "… in total": they belong to the one measure that has no statistic yet.
    private static void Apart(Sentence sentence, Draft draft)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (!sentence.IsFree(i) || AggregateGrammar.StatisticOf(sentence[i].Lex) is not { } statistic)
                continue;
            var open = draft.Measures.FindIndex(m => m is { Statistic: null, Expression: not null, Ready: null });
            if (open >= 0)
            {
                sentence.Take("measure", i);
                draft.Measures[open] = draft.Measures[open] with { Statistic = statistic };
            }
            else if (statistic == Statistic.Sum && draft.Measures.Exists(m => m.Counts || m.Statistic == Statistic.Sum || m.Ready is not null))
            {
                sentence.Take("measure", i);
            }
            else if (statistic == Statistic.Average && draft.Measures.FindIndex(m => m.Statistic == Statistic.Sum) is >= 0 and var summed
                && sentence[draft.Measures[summed].At].Column is not null && draft.KeyOf(KeyRole.Each) is null)
            {
                sentence.Take("measure", i);
                draft.Measures[summed] = draft.Measures[summed] with { Statistic = Statistic.Average };
            }
        }
    }
}
