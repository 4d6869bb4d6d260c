namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>How a question is answered: one query, and how to show what it gives.</summary>
/// <param name="Kind">What kind of answer it is.</param>
/// <param name="Sql">The query; it only reads.</param>
/// <param name="Explanation">What it does, for a person.</param>
internal sealed record QuestionPlan(PlanKind Kind, string Sql, string Explanation)
{
    /// <summary>The result's column that names the rows, or says when.</summary>
    public string? X { get; init; }

    /// <summary>The result's column with the answer.</summary>
    public string? Y { get; init; }

    /// <summary>The result's column that tells several lines apart.</summary>
    public string? Series { get; init; }

    /// <summary>Whether <see cref="Y"/> of several rows adds up to what it is of all of them, and all rows are there.</summary>
    public bool AddsUp { get; init; }

    /// <summary>Whether the first row is the greatest; null where rows have no such order.</summary>
    public bool? Descending { get; init; }

    /// <summary>The result's column with what is put beside the answer, in percent.</summary>
    public string? Share { get; init; }

    /// <summary>The place in the order that was asked for; null where it is the first.</summary>
    public int? Place { get; init; }

    /// <summary>Whether it ranks within each value of <see cref="Series"/>.</summary>
    public bool IsWithin { get; init; }

    /// <summary>For a chart of single points: a query that gives them.</summary>
    public string? PointsSql { get; init; }

    /// <summary>What the planner took for granted, for a person.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>The choices of the user that it rests on: a term and the column that it means.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();
}

/// <summary>What kind of answer a plan gives.</summary>
internal enum PlanKind
{
    /// <summary>One value, or one row of values.</summary>
    Value,

    /// <summary>A value for each of several groups.</summary>
    Groups,

    /// <summary>A value over time.</summary>
    Trend,

    /// <summary>How two columns go together.</summary>
    Correlation,

    /// <summary>Rows as they are.</summary>
    Rows,

    /// <summary>Different values of a column.</summary>
    Values,

    /// <summary>Whatever a model thought of.</summary>
    Any,
}

/// <summary>What came of planning.</summary>
internal abstract record PlanOutcome
{
    /// <summary>There is a plan.</summary>
    public sealed record Ready(QuestionPlan Plan) : PlanOutcome;

    /// <summary>The question can be meant in several ways; its asker chooses.</summary>
    /// <param name="Term">What is not clear; the choice is remembered under it.</param>
    /// <param name="Question">What to ask.</param>
    /// <param name="Options">What it can mean: columns.</param>
    public sealed record Unclear(string Term, string Question, IReadOnlyList<string> Options) : PlanOutcome;

    /// <summary>The question is not understood.</summary>
    /// <param name="Help">What is understood, with examples.</param>
    public sealed record NotUnderstood(string Help) : PlanOutcome;
}
