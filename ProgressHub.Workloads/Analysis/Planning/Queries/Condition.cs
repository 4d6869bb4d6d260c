using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>What a row must be like.</summary>
internal abstract record Condition
{
    /// <summary>All of them hold.</summary>
    public sealed record All(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>One of them holds.</summary>
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;

    /// <summary>It does not hold; rows of which it can't be said count as such.</summary>
    public sealed record Not(Condition Of) : Condition;

    /// <summary>Two expressions compare: one of <c>= &lt;&gt; &lt; &lt;= &gt; &gt;=</c>.</summary>
    public sealed record Compare(Expr Left, string Operator, Expr Right) : Condition;

    /// <summary>A column has one of these values.</summary>
    public sealed record OneOf(TableColumn Column, IReadOnlyList<string> Values) : Condition;

    /// <summary>A text is this one, whatever the case.</summary>
    public sealed record Text(TableColumn Column, string Value) : Condition;

    /// <summary>A text has a pattern of LIKE, whatever the case; <c>%</c> and <c>_</c> of the asker's are escaped.</summary>
    public sealed record Like(TableColumn Column, string Pattern) : Condition;

    /// <summary>A boolean is true, or false.</summary>
    public sealed record Flag(TableColumn Column, bool Value) : Condition;

    /// <summary>A moment is from one day on and before another; null where it is not bounded.</summary>
    public sealed record Within(TableColumn Column, DateOnly? From, DateOnly? Before) : Condition;

    /// <summary>A moment is within the last time of the table: so many steps before its last.</summary>
    public sealed record Recent(TableColumn Column, int Count, Bucket Step) : Condition;

    /// <summary>A part of a moment is one of these: the month 3, the weekdays 6 and 7 (Monday is 1).</summary>
    public sealed record PartOf(TableColumn Column, Bucket Part, IReadOnlyList<int> Values) : Condition;

    /// <summary>A cell is empty.</summary>
    public sealed record Empty(TableColumn Column) : Condition;

    /// <summary>It is greater or less than a measure of the whole table, such as above average.</summary>
    public sealed record Beside(Expr Left, string Operator, Measure Right) : Condition
    {
        /// <summary>The column of whose same value the rows are that it is compared with; null for the whole table.</summary>
        public TableColumn? Same { get; init; }
    }
}
