namespace ProgressHub.Client.Reporting;

/// <summary>How far a stage is. What is left out stays unsaid; an update with nothing but a message keeps the numbers.</summary>
/// <param name="Current">How many units are done.</param>
/// <param name="Total">Of how many; without it the progress is indeterminate.</param>
/// <param name="Message">What is being done, for a person.</param>
/// <param name="Unit">What is counted, such as <c>rows</c>.</param>
public readonly record struct ProgressUpdate(
    double? Current = null, double? Total = null, string? Message = null, string? Unit = null)
{
    /// <summary>How much of the stage is done, 0..1; instead of <see cref="Current"/>.</summary>
    public double? Fraction { get; init; }
}

/// <summary>A stage of a program's work.</summary>
/// <param name="Name">Its name, which <see cref="ReportedJob.BeginStage"/> takes.</param>
/// <param name="Label">What a person reads; its name where it has none.</param>
/// <param name="Weight">Its share of the whole, against those of the others.</param>
public sealed record ReportStage(string Name, string? Label = null, double Weight = 1);

/// <summary>What a program says of its work beforehand.</summary>
public sealed record ReportOptions
{
    /// <summary>Its stages, in order; one called <c>working</c> where there are none.</summary>
    public IReadOnlyList<ReportStage> Stages { get; init; } = [];

    /// <summary>What the job can be found by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Silence longer than this marks the job stalled. Signs of life go out three times as often.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Silence longer than this fails the job; ten heartbeats where it is null.</summary>
    public TimeSpan? FailAfter { get; init; }

    /// <summary>The least time between two requests that carry progress alone; the rest goes out at once.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often to ask whether the job was canceled, at least.</summary>
    public TimeSpan CancelInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many lines and stages may wait for a server that is away; a line beyond that is dropped, and counted.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>How long disposing waits for what is unsent.</summary>
    public TimeSpan DisposeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A file that remembers the job until it has ended, so that a program that crashed and begins again goes on with the
    /// same job. It holds the job's token: only its owner may read it.
    /// </summary>
    public string? StateFile { get; init; }
}
