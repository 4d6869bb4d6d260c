using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>What is first: the region with the most sales, the 5 cheapest products, the best of each class, the second highest price.</summary>
internal sealed class RankForm(Form form, RankPart rank)
{
    private const int FewGroups = 10;
    private readonly RankMeasure _by = new(form, rank);

    private Sentence Sentence => form.Sentence;

    private Draft Draft => form.Draft;

    public static Query? Build(Form form) => form.Draft.Rank is { } rank ? new RankForm(form, rank).Build() : null;

    private Query? Build()
    {
        var target = Draft.KeyOf(KeyRole.Which) ?? Draft.KeyOf(KeyRole.Named);
        if (Draft.Attributes.Count > 0 && target is null)
            return When();
        if (rank.IsTime)
            return new TimeRank(form, rank).Build(target);
        if (_by.Of(target) is not { } measure)
            return null;
        rank = _by.Rank;
        var within = Draft.Keys.Find(k => k != target && k.Role is KeyRole.Each or KeyRole.By)?.Key;
        if (target is null && Draft.RowsAt >= 0 && !measure.Counts && (Draft.Measures.Count <= 1 || !Draft.Measures.Contains(measure)))
            return Rows(measure, within);
        if (target is null && within is null)
            return Scalar(measure);
        // "For each server, highest first": an order of the groups, and not the highest of each.
        if (target is null && Sentence[rank.At].Lex == Lex.Rank)
            return Ranked(measure, within!, null);
        return target is null ? Groups(measure, within!) : Ranked(measure, target.Key, within);
    }

    // Of a price the highest is meant, of quantities the total; "the most weight" and "top carriers by weight" are of all of it.
    private Output? Output(MeasurePart measure, Key target) => measure is { Statistic: null, Expression: Expr.Of { Column: var sum } } && sum.AddsUp() == true && IsOfOne(target) ? Said(sum, form.Measuring.Of(measure, rank.Descending ? Statistic.Maximum : Statistic.Minimum)) : measure is { Statistic: null, Expression: Expr.Of { Column: var column } } && column.AddsUp() != true
        ? column.AddsUp() is null && !(Sentence.Terms.IsOfPeople && IsOneEach(target)) && (Sentence[rank.At].Stem is "most" or "least" or "fewest" || IsBy(measure.At)) ? form.Measuring.Of(measure, Statistic.Sum)
        : !IsOneEach(target) && (IsJudged(column) && (IsBy(measure.At) || rank.IsJudgement) || IsOfGroup(target)) ? Averaged(column, form.Measuring.Of(measure, Statistic.Average))
        : Said(column, form.Measuring.Of(measure, rank.Descending ? Statistic.Maximum : Statistic.Minimum))
        : form.Measuring.Of(measure);

    // "Which airline is the most punctual": what it is like as a whole; "had the longest delay" is of one flight.
    private bool IsOfGroup(Key target) => target.Bucket is null && !target.Column.IsTime && rank is { Adjective: not null, Limit: null, Nth: null } && Draft.KeyOf(KeyRole.Which) is { Role: KeyRole.Which, At: var at } && at < rank.At
        && Sentence[Sentence.Previous(rank.At)].Lex == Lex.Is && target.Column.Distinct is { } groups && groups * 2 < form.Table.Rows;

    // "Who had the highest bill": two of the same name are two.
    private bool IsOfOne(Key target) => IsOneEach(target) && target.Column.Distinct < form.Table.Rows && Sentence.Terms.RowId is { } id && id != target.Column && id.Distinct >= 0.98 * form.Table.Rows && Sentence[rank.At].Stem is "highest" or "lowest" or "largest" or "biggest" or "smallest";

    private Output? Averaged(TableColumn column, Output? output)
    {
        if (output is not null)
            Sentence.Notes.Add($"Of {column.Name} the average was taken; say highest or lowest {column.Name} for a single value.");
        return output;
    }

    // "The longest stay" is the row that is one.
    private bool IsSpan(MeasurePart measure) => measure.Statistic is null && rank.Adjective!.Concepts.Contains("duration") && Sentence[measure.At].Formula is not null;

    private bool IsBy(int at) => Sentence[Sentence.Previous(at)].Lex == Lex.By;

    // Marks that people give are compared by their mean.
    private static bool IsJudged(TableColumn column) => column.Parts().Any(p => p is "rating" or "score" or "satisfaction" or "grade" or "gpa" or "happiness");

    private bool IsOneEach(Key target) => target.Bucket is null && target.Column.Distinct is { } distinct && distinct >= 0.85 * form.Table.Rows;

    private Output? Said(TableColumn column, Output? output)
    {
        if (output is not null)
            Sentence.Notes.Add($"Of {column.Name} the {(rank.Descending ? "highest" : "lowest")} single value was taken; say average or total for another.");
        return output;
    }

    private Query? Ranked(MeasurePart measure, Key target, Key? within)
    {
        if (IsOfRow(measure))
        {
            Draft.RowsAt = Sentence.Previous(Sentence.Previous(rank.At));
            Sentence.Take("rows", Draft.RowsAt);
            return Rows(measure, within, [.. Keys(target, within).Select(k => k.Column), .. measure.Expression!.Columns]);
        }

        if (Output(measure, target) is not { } output)
            return null;
        if (rank.BothEnds)
        {
            Sentence.Refuse("Ask for the highest and for the lowest by itself.");
            return null;
        }

        form.Take("rank", Lex.Sum);
        // "The highest first"; "the first diagnosis" is another than any.
        if (Sentence.Find(Lex.First) is > 0 and var first && (first == rank.At + 1 || first == Sentence.Count - 1 || Sentence[first + 1].Words[0].Kind == Language.WordKind.Stop))
            Sentence.Take("rank", first);
        var outputs = form.Measuring.All([.. Draft.Measures.Where(m => m != measure)]);
        // All are wanted where they are to be put in order; else so many as fit a screen.
        var isOrdered = Sentence[rank.At].Lex == Lex.Rank;
        var isAll = rank.Limit is null && rank.Nth is null && (within is null || isOrdered) && !IsOne(target, isOrdered);
        return outputs is null ? null : OverTop.Of(form, rank, measure, output.Name, new Query.Aggregate(Keys(target, within), [output, .. outputs])
        {
            Where = form.Where(), Having = Draft.Having, Within = within,
            Ranking = isAll ? new Ranking(rank.Descending, within is null && !isOrdered ? FewGroups : null, IsExact: false) : new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth),
        });
    }

    // "Which day was the hottest": the one, where the others are too many to be shown.
    private bool IsOne(Key target, bool isOrdered) => !isOrdered && Draft.Keys.Find(k => k.Key == target) is { Role: KeyRole.Which, At: var at } && !Sentence[at].Raw.EndsWith('s')
        && (target.Bucket == Bucket.Day || (target.Bucket is null && target.Column.Distinct > FewGroups));

    // "Which team played in the match with the highest attendance": of that one match.
    private bool IsOfRow(MeasurePart measure)
    {
        var row = Sentence.Previous(Sentence.Previous(rank.At));
        return measure is { Statistic: null, Ready: null, Expression: not null } && !rank.BothEnds && Sentence[Sentence.Previous(rank.At)].Lex == Lex.On && Sentence[row] is { IsRow: true } noun && !noun.Raw.EndsWith('s')
            && row > 0 && Draft.KeyOf(KeyRole.Which)?.At < row;
    }

    // "Which station and month": all that is asked for.
    private List<Key> Keys(Key target, Key? within) =>
        [.. within is null ? [] : new[] { within }, target, .. Draft.Keys.Where(k => k.Role == KeyRole.Which && k.Key != target && k.Key != within).Select(k => k.Key).Distinct()];

    // "The highest price in each region" is a value for each; "top 3 by region" ranks.
    private Query? Groups(MeasurePart measure, Key key)
    {
        var isValue = measure.Statistic is null && measure.Expression is not null && rank.Limit is null && rank.Nth is null && !rank.IsJudgement && Draft.Measures.Count > 0;
        if (!isValue)
            return Ranked(measure, key, null);
        Statistic[] ends = rank.BothEnds ? [Statistic.Minimum, Statistic.Maximum] : [rank.Descending ? Statistic.Maximum : Statistic.Minimum];
        var keys = Draft.Keys.Select(k => k.Key).ToList();
        if (rank.BothEnds && Sentence.Has(Lex.Difference))
            return new Query.Aggregate(keys, [Apart(measure.Expression!)]) { Where = form.Where(), Having = Draft.Having, Ranking = keys.Exists(k => k.IsTime) ? null : new Ranking(true) };
        return new Query.Aggregate(keys, [.. ends.Select(s => new Output(Names.Of(s, measure.Expression!), new Measure.Of(s, measure.Expression!)))])
        {
            Where = form.Where(), Having = Draft.Having, Ranking = keys.Exists(k => k.IsTime) ? null : new Ranking(rank.Descending),
        };
    }

    // "The difference between the highest and the lowest price".
    private Output Apart(Expr expr)
    {
        form.Take("difference", Lex.Difference, Lex.Between);
        return new Output($"highest less lowest {Names.Of(expr)}", new Measure.Binary('-', new Measure.Of(Statistic.Maximum, expr), new Measure.Of(Statistic.Minimum, expr)));
    }

    private Query? Scalar(MeasurePart measure)
    {
        // "The fifth highest number of downloads": of what single rows have.
        if (measure.Statistic == Statistic.Sum && Sentence[Sentence.Previous(measure.At)].Lex == Lex.HowMany && rank.At < measure.At)
        {
            measure = measure with { Statistic = null };
            Draft.Measures[0] = measure;
        }

        if (measure.Expression is not { } expr || measure.Statistic is not null && measure.Statistic is not (Statistic.Maximum or Statistic.Minimum))
        {
            Sentence.Refuse("It does not say what has the most of it; say which column to rank.");
            return null;
        }

        // "The shortest comedy" is a row, and not a number.
        if (rank.Limit is not null || (rank.Adjective is not null && (!Draft.Measures.Contains(measure) || IsSpan(measure))))
            return Rows(measure, null);
        if (rank.BothEnds && Sentence.Has(Lex.Difference))
            return new Query.Aggregate([], [Apart(expr)]) { Where = form.Where() };
        if (rank.Nth is { } nth)
            return new Query.NthValue(expr, new Ranking(rank.Descending, Nth: nth)) { Where = form.Where() };
        Statistic[] ends = rank.BothEnds ? [Statistic.Minimum, Statistic.Maximum] : [rank.Descending ? Statistic.Maximum : Statistic.Minimum];
        return new Query.Aggregate([], [.. ends.SelectMany(s => Draft.Measures.Select(m => m.Expression ?? expr).DefaultIfEmpty(expr).Select(e => new Output(Names.Of(s, e), new Measure.Of(s, e))))])
        {
            Where = form.Where(),
        };
    }

    private Query? Rows(MeasurePart measure, Key? within, IReadOnlyList<TableColumn>? columns = null)
    {
        var shown = Draft.Measures.Count > 0 ? Draft.Measures[0] : measure;
        return OverTop.Of(form, rank, shown, (shown.Expression as Expr.Of)?.Column.Name, new Query.Rows(columns ?? [])
        {
            Where = form.Where(), By = measure.Expression, Within = within,
            Ranking = new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth),
        });
    }

    // "When was the highest temperature", "when was the first order".
    private Query? When()
    {
        var time = Draft.Attributes[0];
        if (rank.IsTime)
        {
            if (form.RowNoun() is >= 0 and var row)
                Sentence.Take("rows", row);
            var statistic = rank.Descending ? Statistic.Maximum : Statistic.Minimum;
            return new Query.Aggregate([], [new($"{(rank.Descending ? "last" : "first")} {time.Name}", new Measure.Of(statistic, new Expr.Of(time)))]) { Where = form.Where() };
        }

        if (_by.Of(null) is not { Expression: { } expr, Statistic: null })
            return null;
        rank = _by.Rank;
        return new Query.Rows([time, .. expr.Columns]) { Where = form.Where(), By = expr, Ranking = new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth) };
    }
}
