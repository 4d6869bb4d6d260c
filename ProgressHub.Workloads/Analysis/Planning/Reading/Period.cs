using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>A time that a question names.</summary>
internal abstract record Period
{
    /// <summary>From one day on and before another.</summary>
    public sealed record Span(DateOnly From, DateOnly Before) : Period;

    /// <summary>A part of every year or week, such as March or Mondays.</summary>
    public sealed record Every(Bucket Part, IReadOnlyList<int> Values) : Period;

    /// <summary>So many steps before the table's last moment.</summary>
    public sealed record Recent(int Count, Bucket Step) : Period;

    /// <summary>A full hour of the day, 0..23.</summary>
    public sealed record Clock(int Hour) : Period;

    /// <summary>The calendar's step that the table's last moment is in, or one before it.</summary>
    public sealed record LastStep(Bucket Step, int Back) : Period;
}
