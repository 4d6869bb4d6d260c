using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>
/// How a dialect tells of one job: pure functions from events, and the state around them, to its messages. The same log
/// gives the same messages to whoever reads it, whenever.
/// </summary>
internal interface IProjection
{
    /// <summary>What is said first to whoever has just come; nothing to who comes back with a cursor, nor before an end that is told at once.</summary>
    IEnumerable<DialectMessage> Open(JobSnapshot snapshot) => [];

    /// <summary>What is said of an event.</summary>
    IEnumerable<DialectMessage> Tell(JobMoment moment);

    /// <summary>What is said when the stream has been silent for the server's heartbeat.</summary>
    DialectMessage Silence(StreamMoment moment);

    /// <summary>What is said again of a job that goes on, each <see cref="DialectStreamOptions.Repeat"/>; null for nothing.</summary>
    DialectMessage? Repeat(StreamMoment moment) => null;
}

/// <summary>An event, with the job's state before and after it.</summary>
/// <param name="Before">The state before.</param>
/// <param name="Event">The event.</param>
/// <param name="After">The state after.</param>
/// <param name="Result">With a <c>done</c>: the result, where there is one.</param>
internal readonly record struct JobMoment(
    JobSnapshot Before, JobEvent Event, JobSnapshot After, ResultDocument? Result = null);

/// <summary>A stream, at some time between two events.</summary>
/// <param name="Snapshot">The job's state; its elapsed times are up to now.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Open">Since when the stream has been open.</param>
internal readonly record struct StreamMoment(JobSnapshot Snapshot, DateTimeOffset Now, TimeSpan Open);

/// <summary>A server-sent event of a dialect.</summary>
/// <param name="Json">Its data: JSON on one line, in UTF-8.</param>
/// <param name="Event">Its name; null for an unnamed one, which <c>onmessage</c> hears.</param>
internal readonly record struct DialectMessage(ReadOnlyMemory<byte> Json, string? Event = null);
