using ProgressHub.AspNetCore.Http;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// Cursors of streams as clients send them: <c>Last-Event-ID</c> (WHATWG HTML, section 9.2), else <c>after</c> in the query,
/// as a first connection of an EventSource has it. One that can't be read is none: a stream then begins at the present.
/// </summary>
internal static class StreamCursor
{
    private const string Header = "Last-Event-ID";

    /// <summary>The header of a request as it was sent; empty where there is none.</summary>
    public static string HeaderOf(HttpRequest request) => request.Headers[Header].ToString();

    /// <summary>The <c>seq</c> that a request brings; the header wins over what its query says.</summary>
    public static long? Of(HttpRequest request, string? after = null) =>
        Parameters.ParseCursor(HeaderOf(request)) ?? Parameters.ParseCursor(after);
}
