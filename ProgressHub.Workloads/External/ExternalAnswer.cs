using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.External;

/// <summary>What a program hears once what it reported is on disk.</summary>
/// <param name="Seq">The job's last event.</param>
/// <param name="Number">The highest number of an update that is applied; null where none had one.</param>
/// <param name="CancelRequested">Whether the program should stop.</param>
/// <param name="State">Where the job stands.</param>
public sealed record ExternalAnswer(long Seq, long? Number, bool CancelRequested, JobState State);

/// <summary>How a program's work ended.</summary>
public abstract record ExternalEnd
{
    private ExternalEnd()
    {
    }

    /// <summary>Well.</summary>
    /// <param name="Result">Its result; null where there is none to download.</param>
    public sealed record Completed(ResultDocument? Result) : ExternalEnd;

    /// <summary>Badly.</summary>
    /// <param name="Code">A stable identifier in snake_case.</param>
    /// <param name="Message">What happened, for a person.</param>
    public sealed record Failed(string Code, string Message) : ExternalEnd;
}
