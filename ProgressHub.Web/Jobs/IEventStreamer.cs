using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Jobs;

/// <summary>Answers a request for a job's events with a live stream; the pages and exports are answered here.</summary>
internal interface IEventStreamer
{
    /// <summary>
    /// Writes the whole response: the stream, 204 where there is nothing left to say, or a problem. It decides about the
    /// owner, the job and <c>Last-Event-ID</c>; a header wins over <paramref name="after"/>.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The job asked for.</param>
    /// <param name="after">The cursor in the query; null where it is missing or unreadable.</param>
    Task StreamAsync(HttpContext context, JobId id, long? after);
}
