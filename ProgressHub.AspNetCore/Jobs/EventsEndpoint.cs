using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>A job's events, in the form the caller asks for: the one place that decides about it.</summary>
internal static class EventsEndpoint
{
    private const string Stream = "text/event-stream";
    private const string Page = "application/json";
    private const string Ndjson = "application/x-ndjson";
    private const string Csv = "text/csv";

    public static async Task<IResult> GetAsync(
        [AsParameters] JobCall call, HttpContext context, SseStreams streams,
        string? after, int? limit, string? format)
    {
        context.Response.Headers.Append("Vary", "Accept");
        switch (Choose(context.Request, format))
        {
            case Stream:
                await streams.StreamAsync(context, call.Id, after);
                return Results.Empty;
            case Page:
                return await EventPages.PageAsync(call, Parameters.Cursor(nameof(after), after) ?? 0, limit);
            case Ndjson:
                return await EventPages.NdjsonAsync(call, Parameters.Cursor(nameof(after), after) ?? 0);
            case Csv:
                return await EventPages.CsvAsync(call, Parameters.Cursor(nameof(after), after) ?? 0);
            default:
                return new ProblemResult(Problem.Of(
                    StatusCodes.Status406NotAcceptable, "not_acceptable",
                    $"Events come as {Stream} (live), {Page} (pages), {Ndjson} or {Csv} (exports).", "Accept"));
        }
    }

    // A link can't send a header, so a download may say in its query what it wants.
    private static string? Choose(HttpRequest request, string? format) => format switch
    {
        null or "" => ContentNegotiation.Choose(request, Stream, Page, Ndjson, Csv),
        "json" => Page,
        "ndjson" => Ndjson,
        "csv" => Csv,
        _ => throw Parameters.Refuse("invalid_parameter", "'format' is json, ndjson or csv.", "format"),
    };
}
