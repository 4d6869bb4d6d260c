using System.Text.Json;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>How the two families of routes say what went wrong.</summary>
/// <param name="isOpenAI">OpenAI's shape; else the plain one.</param>
internal sealed class TranscriptionShape(bool isOpenAI) : IProblemShape
{
    /// <summary><c>{"error": {"message", "type", "param", "code"}}</c>.</summary>
    public static TranscriptionShape OpenAI { get; } = new(isOpenAI: true);

    /// <summary><c>{"error", "code"}</c>, with <c>property</c> and <c>job_id</c> where there are any.</summary>
    public static TranscriptionShape Plain { get; } = new(isOpenAI: false);

    public byte[] Serialize(Problem problem) => Serialize(problem, null);

    /// <summary>The same of a request that made a job.</summary>
    public byte[] Serialize(Problem problem, string? job) => isOpenAI
        ? JsonSerializer.SerializeToUtf8Bytes(Envelope(problem), TranscriptionJson.Wire.ErrorEnvelope)
        : JsonSerializer.SerializeToUtf8Bytes(
            new PlainError(problem.Detail, problem.Code, job, problem.Property), TranscriptionJson.Wire.PlainError);

    /// <summary>A problem as OpenAI says it.</summary>
    public static ErrorEnvelope Envelope(Problem problem) =>
        new(new ErrorView(problem.Detail, TypeOf(problem.Status), problem.Property?.Replace("input.", "", StringComparison.Ordinal), problem.Code));

    /// <summary>A problem with the status that clients of these routes know: to OpenAI what is not acceptable is 400.</summary>
    public Problem Fit(Problem problem) => isOpenAI && (problem.Status == StatusCodes.Status422UnprocessableEntity || problem.Code == "not_audio")
        ? problem with { Status = StatusCodes.Status400BadRequest } : problem;

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request_error",
    };
}
