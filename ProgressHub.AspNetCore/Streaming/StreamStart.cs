using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>Which job is to be streamed, and from where.</summary>
/// <param name="Job">The job.</param>
/// <param name="Cursor">The last <c>seq</c> the client has seen; null where it brings none.</param>
internal readonly record struct StreamStart(JobId Job, long? Cursor)
{
    /// <summary>
    /// Where whoever brings no cursor begins: 0 is the job's first event; null the present, or the <c>done</c> of an ended job.
    /// </summary>
    public long? Begin { get; init; }

    /// <summary>Whether its reader takes no time when it is woken: it copies what there is, and flushes.</summary>
    public bool Inline { get; init; }
}
