using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>What is first: the region with the most sales, the 5 cheapest products, the best of each class, the second highest price.</summary>
internal sealed class RankForm(Form form, RankPart rank)
{
    private const int FewGroups = 10;

    private Sentence Sentence => form.Sentence;

    private Draft Draft => form.Draft;

    public static Query? Build(Form form) => form.Draft.Rank is { } rank ? new RankForm(form, rank).Build() : null;

    private Query? Build()
    {
        var target = Draft.KeyOf(KeyRole.Which) ?? Draft.KeyOf(KeyRole.Named);
        if (Draft.Attributes.Count > 0 && target is null)
            return When();
        if (rank.IsTime && Draft.Measures.Count == 0)
            return ByTime(target);
        if (Measure(target) is not { } measure)
            return null;
        var within = Draft.Keys.Find(k => k != target && k.Role is KeyRole.Each or KeyRole.By)?.Key;
        if (target is null && Draft.RowsAt >= 0 && !measure.Counts && Draft.Measures.Count <= 1)
            return Rows(measure, within);
        if (target is null && within is null)
            return Scalar(measure);
        return target is null ? Groups(measure, within!) : Ranked(measure, target.Key, within);
    }

    private MeasurePart? Measure(KeyPart? target)
    {
        if (Draft.Measures.Count > 0)
            return Draft.Measures[0];
        // Popular is what has many rows, or what much was taken of.
        if (rank.Counts && Sentence[rank.At].Stem.Contains("popular", StringComparison.Ordinal) && HasQuantity)
            return form.Measuring.Judged(form.Raw(rank.At), rank.At);
        if (rank.Counts && Sentence[rank.At].Stem == "busiest" && HasPeople)
            Sentence.Notes.Add("'Busiest' was taken as most rows; say 'most' and a column for another.");
        if (rank.Counts)
            return new MeasurePart(null, null, rank.At);
        if (rank.Adjective is { } adjective)
            return Concept(adjective) ?? Unmeasured();
        if (!rank.IsJudgement && target is not null && form.RowNoun() is >= 0 and var row && row != Draft.RowsAt)
        {
            Sentence.Take("measure", row);
            return CountGrammar.Rows(Sentence, row);
        }

        // "The most dispatches": rows, each of which was dispatched.
        var dispatches = Sentence.Next(rank.At);
        if (!rank.IsJudgement && target is not null && Sentence[dispatches] is { Bucket: null, Period: null } times && times.Raw.EndsWith('s') && times.Column is { Likeness: Likeness.Related } of && of.Columns.All(c => c.IsTime))
        {
            Sentence.Take("measure", dispatches);
            return new MeasurePart(null, null, dispatches);
        }

        // "Which channel is used the most": the rows of each.
        var next = Sentence.Next(rank.At);
        if (!rank.IsJudgement && target is { Role: KeyRole.Which } && Sentence[rank.At].Stem is "most" or "least" && IsLast && rank.At > target.At && !HasQuantity)
            return new MeasurePart(null, null, rank.At);
        // "The most engineers": rows of that value.
        if (!rank.IsJudgement && target is not null && Sentence[rank.At].Stem is "most" or "fewest" or "least" && (Sentence[next].Raw.EndsWith('s') || !HasQuantity || IsDone(target)) && Draft.Filters.Exists(f => f.At == next && f.Condition is Condition.OneOf))
            return new MeasurePart(null, null, rank.At);
        if (Sentence[rank.At].Stem is "largest" or "biggest" or "smallest" && (Draft.RowsAt >= 0 || Sentence[next].IsRow) && MoneyOfRows() is { } money)
        {
            Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {money.Name}.");
            return new MeasurePart(null, new Expr.Of(money), rank.At);
        }

        return form.Measuring.Judged(form.Raw(rank.At), rank.At) ?? Unmeasured();
    }

    // Whether nothing that could be measured follows: "is used the most in 2023".
    private bool IsLast => Enumerable.Range(rank.At + 1, Math.Max(0, Sentence.Count - rank.At - 1)).All(i => !Sentence.IsFree(i) || Sentence[i].Words[0].Kind == Language.WordKind.Stop || (Sentence[i].IsFiller && Sentence[i].Column is null));

    // What a claim is of is claimed_eur, beside paid_eur.
    private TableColumn? MoneyOfRows() => Sentence.Terms.Money
        ?? (Sentence.Terms.RootedColumns(Sentence[Draft.RowsAt >= 0 ? Draft.RowsAt : Sentence.Next(rank.At)].Stem).Where(c => c.IsMeasure() && UnitWords.IsMoney(c)).ToList() is [var only] ? only : null);

    // "The longest stay" is the row that is one.
    private bool IsSpan(MeasurePart measure) => measure.Statistic is null && rank.Adjective!.Concepts.Contains("duration") && Sentence[measure.At].Formula is not null;

    // "Who borrowed the most Poetry": each row is once that they did.
    private bool IsDone(KeyPart target) => Sentence[target.At].Lex == Lex.Who && !HasQuantity;

    private MeasurePart? Unmeasured()
    {
        if (Sentence.Doubt is null)
            Sentence.Refuse($"The table has no column for '{form.Raw(rank.At)}'.");
        return null;
    }

    private MeasurePart? Concept(Adjective adjective)
    {
        foreach (var concept in adjective.Concepts)
        {
            var columns = Sentence.Terms.ColumnsOfConcept(concept).Where(c => c.IsMeasure()).ToList();
            if (columns.Count > 0)
                return Sentence.Choose(rank.At, columns) is { } column ? new MeasurePart(Apart(), new Expr.Of(column), rank.At) : null;
        }

        // "The largest transaction": by its amount.
        if (adjective.Concepts.Contains("size") && Draft.RowsAt >= 0 && MoneyOfRows() is { } money)
        {
            Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {money.Name}.");
            return new MeasurePart(null, new Expr.Of(money), rank.At);
        }

        if (adjective.Concepts.Contains("age") && !Sentence.Terms.IsOfPeople && Ages.Since(Sentence, rank.At) is { } since)
        {
            rank = rank with { Descending = !adjective.IsMore };
            Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {since.Name}.");
            return new MeasurePart(null, new Expr.Of(since), rank.At);
        }

        // The youngest were born last.
        if (!adjective.Concepts.Contains("age") || Sentence.Terms.Table.Columns.Where(Ages.IsBirth).ToList() is not { Count: > 0 } births || Sentence.Choose(rank.At, births) is not { } birth)
            return null;
        rank = rank with { Descending = !adjective.IsMore };
        Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {birth.Name}.");
        return new MeasurePart(null, new Expr.Of(birth), rank.At);
    }

    // "The windiest on average".
    private Statistic? Apart()
    {
        for (var i = 0; i < Sentence.Count; i++)
        {
            if (!Sentence.IsFree(i) || AggregateGrammar.StatisticOf(Sentence[i].Lex) is not { } statistic)
                continue;
            Sentence.Take("measure", i);
            return statistic;
        }

        return null;
    }

    // Of a price the highest is meant, of quantities the total; "the most weight" and "top carriers by weight" are of all of it.
    private Output? Output(MeasurePart measure, Key target) => measure is { Statistic: null, Expression: Expr.Of { Column: var column } } && column.AddsUp() != true
        ? column.AddsUp() is null && !(Sentence.Terms.IsOfPeople && IsOneEach(target)) && (Sentence[rank.At].Stem is "most" or "least" or "fewest" || IsBy(measure.At)) ? form.Measuring.Of(measure, Statistic.Sum)
        : IsJudged(column) && IsBy(measure.At) && !IsOneEach(target) ? form.Measuring.Of(measure, Statistic.Average)
        : Said(column, form.Measuring.Of(measure, rank.Descending ? Statistic.Maximum : Statistic.Minimum))
        : form.Measuring.Of(measure);

    private bool HasQuantity => form.Table.Columns.Any(c => c.IsMeasure() && c.Parts().Any(p => Synonyms.Of("quantity").Contains(p) || p is "menge" or "数量" or "數量"));

    // Busy is where many rows are, or many people.
    private bool HasPeople => form.Table.Columns.Any(c => c.IsMeasure() && c.Parts().Any(p => p is "passenger" or "visitor" or "guest" or "customer" or "attendance" or "audience" or "adult"));

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

    private Query.Aggregate? Ranked(MeasurePart measure, Key target, Key? within)
    {
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
        var outputs = Draft.Measures.Count > 1 ? form.Measuring.All([.. Draft.Measures.Skip(1)]) : [];
        var isAll = rank.Limit is null && rank.Nth is null && (within is null || Sentence[rank.At].Lex == Lex.Rank);
        return outputs is null ? null : new Query.Aggregate(Keys(target, within), [output, .. outputs])
        {
            Where = form.Where(), Having = Draft.Having, Within = within,
            Ranking = isAll ? new Ranking(rank.Descending, within is null ? FewGroups : null, IsExact: false) : new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth),
        };
    }

    // "Which station and month": all that is asked for.
    private List<Key> Keys(Key target, Key? within) =>
        [.. within is null ? [] : new[] { within }, target, .. Draft.Keys.Where(k => k.Role == KeyRole.Which && k.Key != target && k.Key != within).Select(k => k.Key).Distinct()];

    // "The highest price in each region" is a value for each; "top 3 by region" ranks.
    private Query.Aggregate? Groups(MeasurePart measure, Key key)
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
        if (rank.Limit is not null || (rank.Adjective is not null && (Draft.Measures.Count == 0 || IsSpan(measure))))
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

    private Query.Rows Rows(MeasurePart measure, Key? within) => new([])
    {
        Where = form.Where(), By = measure.Expression, Within = within,
        Ranking = new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth),
    };

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

        if (Measure(null) is not { Expression: { } expr, Statistic: null })
            return null;
        return new Query.Rows([time, .. expr.Columns]) { Where = form.Where(), By = expr, Ranking = new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth) };
    }

    // "The latest order", "the first 5 rows", "the earliest order date".
    private Query? ByTime(KeyPart? target)
    {
        if (Draft.RowsAt >= 0 && Sentence[Draft.RowsAt].Lex == Lex.Row && !Sentence[Draft.RowsAt].IsRow && !rank.Descending)
            return new Query.Rows([]) { Where = form.Where(), Ranking = new Ranking(false, rank.Limit ?? 1) };
        if (TimeColumn.Of(Sentence, rank.At) is not { } time)
            return null;
        if (target is { Key.Column.IsTime: true } || (target is null && Draft.RowsAt < 0))
        {
            return new Query.Aggregate([], [new($"{(rank.Descending ? "last" : "first")} {time.Name}", new Measure.Of(rank.Descending ? Statistic.Maximum : Statistic.Minimum, new Expr.Of(time)))]) { Where = form.Where() };
        }

        if (target is not null)
        {
            Sentence.Refuse("Ask for the latest or earliest row instead.");
            return null;
        }

        return new Query.Rows([]) { Where = form.Where(), By = new Expr.Of(time), Ranking = new Ranking(rank.Descending, rank.Limit ?? (rank.Nth is null ? 1 : null), rank.Nth) };
    }
}
