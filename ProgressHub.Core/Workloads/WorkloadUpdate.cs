using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Workloads;

/// <summary>Several things told at once, in this order: stage, progress, log, piece. On disk together or not at all.</summary>
public sealed record WorkloadUpdate
{
    /// <summary>The teller's own number of it; it is kept with what it changed, see <see cref="ResumePoint.Report"/>.</summary>
    public long? Number { get; init; }

    /// <summary>The stage that begins, or that goes on.</summary>
    public string? Stage { get; init; }

    /// <summary>How far the stage is.</summary>
    public ProgressUpdate? Progress { get; init; }

    /// <summary>Lines for the log.</summary>
    public IReadOnlyList<WorkloadLine> Log { get; init; } = [];

    /// <summary>A piece of the result.</summary>
    public PartialResult? Partial { get; init; }
}

/// <summary>A line for a person to read.</summary>
/// <param name="Level">How it is meant.</param>
/// <param name="Message">The line; text, never markup.</param>
/// <param name="Step">Which step it belongs to, from 1.</param>
/// <param name="TotalSteps">Of how many.</param>
public sealed record WorkloadLine(JobLogLevel Level, string Message, int? Step = null, int? TotalSteps = null);

/// <summary>Where the attempts before this one had got to, as far as it is on disk.</summary>
/// <param name="Stage">The last stage; null where none had begun.</param>
/// <param name="Fraction">Overall, 0..1.</param>
/// <param name="Report">The last <see cref="WorkloadUpdate.Number"/>; null where there was none.</param>
public sealed record ResumePoint(string? Stage, double Fraction, long? Report);
