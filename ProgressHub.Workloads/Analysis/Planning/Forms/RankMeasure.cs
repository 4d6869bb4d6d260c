using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>What something is ranked by: a measure that is named, what the adjective is of, or the number of rows.</summary>
internal sealed class RankMeasure(Form form, RankPart rank)
{
    private Sentence Sentence => form.Sentence;

    private Draft Draft => form.Draft;

    /// <summary>What is ranked, with its direction once it is known by what: the youngest were born last.</summary>
    public RankPart Rank => rank;

    /// <summary>The measure; null where the user is asked, or there is none.</summary>
    public MeasurePart? Of(KeyPart? target)
    {
        if (Draft.Measures.Count > 0)
            return Described() ?? (Sentence.Doubt is null && Sentence.Refusal is null ? Draft.Measures[0] : null);
        // Popular is what has many rows, or what much was taken of.
        if (rank.Counts && Sentence[rank.At].Stem.Contains("popular", StringComparison.Ordinal) && Sentence.Terms.HasQuantity)
            return form.Measuring.Judged(form.Raw(rank.At), rank.At);
        // Of what has one row each, all are as common as the others.
        if (rank.Counts && target is { Key: { Bucket: null, Column: { Distinct: { } different } } } && different >= 0.98 * form.Table.Rows)
            return form.Measuring.Judged(form.Raw(rank.At), rank.At) ?? Unmeasured();
        if (rank.Counts && Sentence[rank.At].Stem == "busiest" && HasPeople)
            Sentence.Notes.Add("'Busiest' was taken as most rows; say 'most' and a column for another.");
        if (rank.Counts)
            return new MeasurePart(null, null, rank.At);
        if (rank.Adjective is { } adjective)
            return Concept(adjective) ?? Unmeasured();
        // "The highest payroll", of a file called payroll, is no number of rows.
        if (!rank.IsJudgement && target is not null && form.RowNoun() is >= 0 and var row && row != Draft.RowsAt && (Sentence[rank.At].Stem is not ("highest" or "lowest") || row != Sentence.Next(rank.At) || Sentence[row].Raw.EndsWith('s')))
        {
            Sentence.Take("measure", row);
            return CountGrammar.Rows(Sentence, row);
        }

        // "Tickets per channel, most first".
        if (Sentence[rank.At].Lex == Lex.Rank && Draft.RowsAt >= 0 && Draft.Keys.Exists(k => k.Role is KeyRole.By or KeyRole.Each))
        {
            Sentence.Take("measure", Draft.RowsAt);
            return CountGrammar.Rows(Sentence, Draft.RowsAt);
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
        if (!rank.IsJudgement && target is { Role: KeyRole.Which } && Sentence[rank.At].Stem is "most" or "least" && IsLast && rank.At > target.At && !Sentence.Terms.HasQuantity)
            return new MeasurePart(null, null, rank.At);
        // "Sold the most chairs": so many of them.
        if (!rank.IsJudgement && target is not null && Sentence[rank.At].Stem is "most" or "fewest" or "least" && Draft.Filters.Exists(f => f.At == next && f.Condition is Condition.OneOf) && CountGrammar.SoldIn(Sentence, 0) is { } quantity)
        {
            Sentence.Notes.Add($"Ranked by the total {quantity.Name}; say number of rows for another.");
            return new MeasurePart(Statistic.Sum, new Expr.Of(quantity), rank.At);
        }

        // "The most engineers": rows of that value.
        if (!rank.IsJudgement && target is not null && Sentence[rank.At].Stem is "most" or "fewest" or "least" && (Sentence[next].Raw.EndsWith('s') || !Sentence.Terms.HasQuantity || IsDone(target)) && Draft.Filters.Exists(f => f.At == next && f.Condition is Condition.OneOf))
            return new MeasurePart(null, null, rank.At);
        if (Sentence[rank.At].Stem is "largest" or "biggest" or "smallest" && (Draft.RowsAt >= 0 || Sentence[next].IsRow) && MoneyOfRows() is { } money)
        {
            Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {money.Name}.");
            return new MeasurePart(null, new Expr.Of(money), rank.At);
        }

        return Rate() ?? form.Measuring.Judged(form.Raw(rank.At), rank.At) ?? Unmeasured();
    }

    // "Which museum earns the most per visitor": the only sums of money there are, for each of them.
    private MeasurePart? Rate()
    {
        var per = Enumerable.Range(0, Sentence.Count).FirstOrDefault(i => Sentence.Lex(i) == Lex.Each && Sentence[i].Stem == "per", -1);
        var verb = Enumerable.Range(0, Sentence.Count).FirstOrDefault(i => Sentence.IsFree(i) && Sentence[i].Words is [{ Stem: "earn" or "earned" or "make" or "made" or "bring" or "take" or "generate" or "generated" or "spend" or "spent" }], -1);
        if (per < 0 || verb < 0 || Sentence.Terms.Money is not { } money || Sentence[per + 1].ColumnsWhere(c => c.IsMeasure() && c.AddsUp() == true) is not [var each] || each == money)
            return null;
        Sentence.Take("measure", per, per + 1, verb);
        Sentence.Notes.Add($"Ranked by the total {money.Name} divided by the total {each.Name}.");
        var ratio = new Measure.Binary('/', new Measure.Of(Statistic.Sum, new Expr.Of(money)), new Measure.Of(Statistic.Sum, new Expr.Of(each)));
        return new MeasurePart(null, null, rank.At) { Ready = ratio, Name = $"{money.Name} per {each.Name}" };
    }

    // Whether nothing that could be measured follows: "is used the most in 2023".
    private bool IsLast => Enumerable.Range(rank.At + 1, Math.Max(0, Sentence.Count - rank.At - 1)).All(i => !Sentence.IsFree(i) || Sentence[i].Words[0].Kind == Language.WordKind.Stop || (Sentence[i].IsFiller && Sentence[i].Column is null));

    // What a claim is of is claimed_eur, beside paid_eur.
    private TableColumn? MoneyOfRows() => Sentence.Terms.Money
        ?? (Sentence.Terms.RootedColumns(Sentence[Draft.RowsAt >= 0 ? Draft.RowsAt : Sentence.Next(rank.At)].Stem).Where(c => c.IsMeasure() && UnitWords.IsMoney(c)).ToList() is [var only] ? only : null);

    // "Who borrowed the most Poetry": each row is once that they did.
    private bool IsDone(KeyPart target) => Sentence[target.At].Lex == Lex.Who && !Sentence.Terms.HasQuantity;

    private MeasurePart? Unmeasured()
    {
        if (Sentence.Doubt is null)
            Sentence.Refuse($"The table has no column for '{form.Raw(rank.At)}'.");
        return null;
    }

    // "The weight of the 3 most expensive products", "the salary of the youngest": ranked is what the adjective is of, and the rest
    // is shown.
    private MeasurePart? Described()
    {
        var named = Draft.Measures[0];
        if (rank.Adjective is not { } adjective || named.Counts || Sentence[Sentence.Previous(named.At)].Lex == Lex.By)
            return null;
        if (IsDirect(named))
            return IsOf(adjective, named) ? null : Unmeasured();
        var own = adjective.Concepts.SelectMany(Sentence.Terms.ColumnsOfConcept).ToHashSet();
        if (Draft.Measures.Exists(m => m.Expression is null or Expr.Days || m.Expression.Columns.Any(own.Contains)))
            return null;
        return Concept(adjective) ?? Unmeasured();
    }

    // "The longest average session" is of no number of sessions; anything can be large.
    private static bool IsOf(Adjective adjective, MeasurePart named) => adjective.Concepts.Contains("size") || adjective.Concepts.Contains("quantity") || named.Expression is not Expr.Of { Column: var column } || column.AddsUp() != true
        || adjective.Concepts.Any(c => column.Parts().Contains(c) || UnitWords.IsNamedBy(column, c));

    // "The longest average stay", "the largest total amount": the adjective is of the number that follows it.
    private bool IsDirect(MeasurePart named) => named.At > rank.At && Enumerable.Range(rank.At + 1, named.At - rank.At - 1).All(i =>
        Sentence[i].IsFiller || Sentence.PartOf(i) == "rank" || Sentence[i].IsAdverb && Sentence[i].Bucket is not null || Sentence[i].Lex is Lex.HowMany or Lex.On || AggregateGrammar.StatisticOf(Sentence[i].Lex) is not null);

    private List<TableColumn> Columns(Adjective adjective) =>
        adjective.Concepts.Select(c => Sentence.Terms.ColumnsOfConcept(c).Where(m => m.IsMeasure()).ToList()).FirstOrDefault(c => c.Count > 0)
        // "The fastest", where no column is called time, and one is in minutes.
        ?? (adjective.Concepts[0] == "time" ? [.. Sentence.Terms.TimedColumns()] : []);

    private MeasurePart? Concept(Adjective adjective)
    {
        if (Columns(adjective) is { Count: > 0 } columns)
            return Sentence.Choose(rank.At, IsOfDays ? Adjectives.AtEnd(adjective, columns) : columns) is { } column ? new MeasurePart(Apart(), new Expr.Of(column), rank.At) : null;

        // "The largest transaction": by its amount.
        if (adjective.Concepts.Contains("size") && Draft.RowsAt >= 0 && MoneyOfRows() is { } money)
        {
            Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {money.Name}.");
            return new MeasurePart(null, new Expr.Of(money), rank.At);
        }

        // "The most expensive month": by the only sums of money there are.
        if (adjective.Concepts[0] == "price" && Sentence.Terms.Money is { } paid)
        {
            Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {paid.Name}.");
            return new MeasurePart(Apart(), new Expr.Of(paid), rank.At);
        }

        // The longest serving came first.
        if (Adjectives.IsTenure(adjective) && form.Table.Columns.Where(c => c.IsTime && TimeColumn.IsBeginning(c)).ToList() is [var joined])
        {
            rank = rank with { Descending = !adjective.IsMore };
            Sentence.Notes.Add($"'{form.Raw(rank.At)}' was read by {joined.Name}.");
            return new MeasurePart(null, new Expr.Of(joined), rank.At);
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

    // "The hottest day" is the one with the highest maximum; the hottest place may be so on average.
    private bool IsOfDays => Draft.RowsAt >= 0 || Draft.Keys.Exists(k => k.Role is KeyRole.Which or KeyRole.Named && k.Key.Bucket == Bucket.Day);

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

    // Busy is where many rows are, or many people.
    private bool HasPeople => form.Table.Columns.Any(c => c.IsMeasure() && c.Parts().Any(p => p is "passenger" or "visitor" or "guest" or "customer" or "attendance" or "audience" or "adult"));
}
