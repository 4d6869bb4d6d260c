using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace ProgressHub.AspNetCore.Problems;

/// <summary>What every refusal and failure of the API looks like: problem details (RFC 9457) with a stable code.</summary>
internal sealed record Problem
{
    /// <summary>The media type it is sent as.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Names the kind of problem; nothing stands at that address.</summary>
    public string Type => $"urn:progresshub:problem:{Code}";

    /// <summary>The HTTP status in words.</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status) is { Length: > 0 } phrase ? phrase : Code;

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened and what to do about it, for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>A stable identifier for programs, in snake_case.</summary>
    public required string Code { get; init; }

    /// <summary>What of the request is at fault: a property of the body, a parameter or a header.</summary>
    public string? Property { get; init; }

    /// <summary>Where the body is at fault: the line, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>Where in that line: the byte, from 1.</summary>
    public long? Column { get; init; }

    /// <summary>Where the job stands, where that is what does not fit.</summary>
    public string? State { get; init; }

    /// <summary>The path that was asked for, without its query.</summary>
    public string? Instance { get; init; }

    /// <summary>Finds the request in the server's log.</summary>
    public string? TraceId { get; init; }

    /// <summary>How long to wait before trying again.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Makes one.</summary>
    public static Problem Of(int status, string code, string detail, string? property = null) =>
        new() { Status = status, Code = code, Detail = detail, Property = property };

    /// <summary>Its JSON as the answer to a request.</summary>
    public byte[] Serialize(HttpContext context) => JsonSerializer.SerializeToUtf8Bytes(
        this with
        {
            Instance = context.Request.Path.ToUriComponent(),
            TraceId = Activity.Current?.Id ?? context.TraceIdentifier,
        },
        ProblemJson.Default.Problem);

    /// <summary>
    /// Writes it as the response, whatever the request accepts: an error is never a page under the API. An endpoint with a
    /// shape of its own for refusals gets that.
    /// </summary>
    public async Task WriteAsync(HttpContext context)
    {
        var shape = ProblemShapes.Of(context);
        var body = shape?.Serialize(this) ?? Serialize(context);
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = shape is null ? ContentType : "application/json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;
