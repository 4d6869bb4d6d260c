using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>What a question asks of a table, free of words and of SQL.</summary>
internal abstract record Query
{
    /// <summary>The rows it is about; null for all.</summary>
    public Condition? Where { get; init; }

    /// <summary>Measures, of all rows or of each group.</summary>
    /// <param name="Keys">What is grouped by.</param>
    /// <param name="Outputs">The measures; groups are ordered by the first.</param>
    public sealed record Aggregate(IReadOnlyList<Key> Keys, IReadOnlyList<Output> Outputs) : Query
    {
        /// <summary>Which groups are shown.</summary>
        public IReadOnlyList<GroupBound> Having { get; init; } = [];

        /// <summary>How they are ranked; null where they are not.</summary>
        public Ranking? Ranking { get; init; }

        /// <summary>The key within each of whose values is ranked; null where all are ranked together.</summary>
        public Key? Within { get; init; }

        /// <summary>What is put beside the first measure.</summary>
        public Window? Window { get; init; }

        /// <summary>Inner groups, whose statistics are the outputs.</summary>
        public Nested? Nested { get; init; }
    }

    /// <summary>Rows as they are.</summary>
    public sealed record Rows(IReadOnlyList<TableColumn> Columns) : Query
    {
        /// <summary>What they are ordered by; null for the file's order.</summary>
        public Expr? By { get; init; }

        /// <summary>Which of them; null for as many as fit.</summary>
        public Ranking? Ranking { get; init; }

        /// <summary>The key within each of whose values is ranked.</summary>
        public Key? Within { get; init; }
    }

    /// <summary>The different values of a key.</summary>
    public sealed record Values(IReadOnlyList<Key> Keys) : Query
    {
        /// <summary>Leaves out values with a row like this.</summary>
        public Condition? Never { get; init; }

        /// <summary>Keeps values that have, for each of these, a row like it.</summary>
        public IReadOnlyList<Condition> AllOf { get; init; } = [];
    }

    /// <summary>How risky a price was: the standard deviation of simple returns from one row to the next.</summary>
    public sealed record Volatility(TableColumn Price, TableColumn Time, TableColumn? Instrument, TableColumn? Key, Ranking? Ranking) : Query;

    /// <summary>One figure over what another query gives: how many, or a statistic of one of its columns.</summary>
    /// <param name="Inner">The other query.</param>
    /// <param name="Name">What the figure is called.</param>
    /// <param name="Statistic">The statistic; null for how many there are.</param>
    /// <param name="Column">The column of the other query's result that it is of.</param>
    public sealed record Over(Query Inner, string Name, Statistic? Statistic = null, string? Column = null) : Query;

    /// <summary>The n-th of a column's different values.</summary>
    public sealed record NthValue(Expr Of, Ranking Ranking) : Query;

    /// <summary>The usual figures of a column.</summary>
    public sealed record Summary(TableColumn Column) : Query;

    /// <summary>The table itself: its columns, or how many there are.</summary>
    public sealed record Facts(bool OnlyCount) : Query;
}
