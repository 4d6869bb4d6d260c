using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What the pieces of a question come to, before it is a query.</summary>
internal sealed class Draft
{
    /// <summary>The conditions, in the order of the question.</summary>
    public List<FilterPart> Filters { get; } = [];

    /// <summary>What it is told apart by.</summary>
    public List<KeyPart> Keys { get; } = [];

    /// <summary>What is computed.</summary>
    public List<MeasurePart> Measures { get; } = [];

    /// <summary>Bounds of groups.</summary>
    public List<GroupBound> Having { get; } = [];

    /// <summary>A bound in percent of each group's rows, and where the word for the rows stands; null where there is none.</summary>
    public (Bound Bound, int Noun)? Share { get; set; }

    /// <summary>What is ranked; null where nothing.</summary>
    public RankPart? Rank { get; set; }

    /// <summary>Where rows are the target: the place of their noun; -1 where they are not.</summary>
    public int RowsAt { get; set; } = -1;

    /// <summary>What is asked of the table itself; null where nothing.</summary>
    public Query.Facts? Facts { get; set; }

    /// <summary>Inner groups of means of totals; null where there are none.</summary>
    public Key? Inner { get; set; }

    /// <summary>What must be so for none of a value's rows; null where nothing.</summary>
    public bool IsNever { get; set; }

    /// <summary>Whether a measure is asked for per row, as in cost per order: the mean.</summary>
    public bool IsPerRow { get; set; }

    /// <summary>Columns that are asked for as they are.</summary>
    public List<TableColumn> Attributes { get; } = [];

    /// <summary>The key with a role; null where there is none.</summary>
    public KeyPart? KeyOf(KeyRole role) => Keys.Find(k => k.Role == role);
}

/// <summary>A condition of a question.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Column">The column it is on, where it is on one.</param>
/// <param name="At">Where it stands.</param>
/// <param name="IsNot">Whether it is negated.</param>
internal sealed record FilterPart(Condition Condition, TableColumn? Column, int At, bool IsNot = false)
{
    /// <summary>Whether it is on a time.</summary>
    public bool IsTime => Condition is Condition.Within or Condition.Recent or Condition.PartOf || (Condition is Condition.OneOf { Column: var column } && column.IsPeriods());

    /// <summary>The condition, negated where it is.</summary>
    public Condition Whole => IsNot ? new Condition.Not(Condition) : Condition;
}

/// <summary>What a key is for.</summary>
internal enum KeyRole
{
    /// <summary>Groups are told apart by it.</summary>
    By,

    /// <summary>Something is asked for each of its values.</summary>
    Each,

    /// <summary>Its values are the answer.</summary>
    Which,

    /// <summary>It is named, and nothing says what for.</summary>
    Named,
}

/// <summary>A key of a question.</summary>
internal sealed record KeyPart(Key Key, KeyRole Role, int At);

/// <summary>Something computed.</summary>
/// <param name="Statistic">Of what kind; null where the question does not say.</param>
/// <param name="Expression">Of what; null for rows.</param>
/// <param name="At">Where it stands.</param>
internal sealed record MeasurePart(Statistic? Statistic, Expr? Expression, int At)
{
    /// <summary>A measure that is whole already, such as a quotient.</summary>
    public Measure? Ready { get; init; }

    /// <summary>What the result calls it, where that is not clear from it.</summary>
    public string? Name { get; init; }

    /// <summary>For a percentile: which, 0..1.</summary>
    public double Fraction { get; init; }

    /// <summary>Whether it counts, and a word of the question says so.</summary>
    public bool Counts => Expression is null || Statistic == Queries.Statistic.Distinct;
}

/// <summary>What is ranked, and how.</summary>
/// <param name="Descending">Whether the greatest come first.</param>
/// <param name="Limit">How many are asked for; null where the question does not say.</param>
/// <param name="Nth">The place that is asked for.</param>
/// <param name="At">Where it stands.</param>
internal sealed record RankPart(bool Descending, int? Limit, int? Nth, int At)
{
    /// <summary>What the word itself measures, such as expensive.</summary>
    public Adjective? Adjective { get; init; }

    /// <summary>Whether the word means the number of rows, as in most common.</summary>
    public bool Counts { get; init; }

    /// <summary>Whether the word means the time, as in latest.</summary>
    public bool IsTime { get; init; }

    /// <summary>Whether the word says only that it is good or bad.</summary>
    public bool IsJudgement { get; init; }

    /// <summary>Whether the other end is asked for too.</summary>
    public bool BothEnds { get; init; }
}
