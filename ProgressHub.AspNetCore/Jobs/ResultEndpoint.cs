using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>What came of a job: in a form its workload offers, else the document as it is, or its text inside JSON.</summary>
internal static class ResultEndpoint
{
    private const string Json = "application/json";
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UsualRetry = TimeSpan.FromSeconds(2);

    public static async Task<IResult> GetAsync(
        [AsParameters] JobCall call, HttpContext context, LongPoll poll, WorkloadCatalog workloads,
        int? wait, bool? partial, bool? download, string? format)
    {
        var patience = Parameters.Wait(wait);
        var snapshot = await call.Jobs.FindAsync(call.Id, call.Owner, call.Aborted);
        if (snapshot is { IsFinal: false } && patience > TimeSpan.Zero)
            snapshot = await poll.ForEndAsync(call, snapshot, patience);
        if (snapshot is null)
            return await call.AbsentAsync();
        if (!snapshot.IsFinal && partial != true)
            return new ProblemResult(NotFinished(snapshot));
        if (await call.Jobs.ReadResultAsync(call.Id, call.Owner, partial == true, call.Aborted) is not { } result)
            return new ProblemResult(NoResult(snapshot, partial == true));
        var workload = workloads.Find(snapshot.Kind);
        return workload is { Descriptor.ResultForms.Count: > 0 } || !string.IsNullOrEmpty(format)
            ? PresentForm(context, workload, result, download == true, format)
            : Present(context, snapshot, result, download == true);
    }

    private static Problem NotFinished(JobSnapshot snapshot) => Problem.Of(
        StatusCodes.Status409Conflict, "not_finished",
        "The job has not ended. Wait for it with ?wait=60, or ask with ?partial=true for what there is so far.") with
    {
        RetryAfter = snapshot.Eta is { } eta
            ? TimeSpan.FromMilliseconds(Math.Clamp(eta.P50Ms, ShortestRetry.TotalMilliseconds, LongestRetry.TotalMilliseconds))
            : UsualRetry,
    };

    private static Problem NoResult(JobSnapshot snapshot, bool soFar) => Problem.Of(
        StatusCodes.Status404NotFound, "no_result",
        soFar || snapshot.State == JobState.Succeeded
            ? "There is no result."
            : $"The job has {snapshot.State.Name()} and has no result; ?partial=true gives what can be made of its finished parts.");

    private static IResult PresentForm(
        HttpContext context, IWorkload? workload, ResultDocument result, bool download, string? format)
    {
        var forms = workload?.Descriptor.ResultForms ?? [];
        if (ResultForms.Choose(context.Request, forms, format) is not { } form)
            return new ProblemResult(ResultForms.NotAcceptable(forms));
        return Send(context, workload!.Render(result, form), download);
    }

    private static IResult Present(HttpContext context, JobSnapshot snapshot, ResultDocument result, bool download)
    {
        var stored = ContentNegotiation.Bare(result.ContentType);
        var isText = stored.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
        var chosen = isText ? ContentNegotiation.Choose(context.Request, stored, Json) : ContentNegotiation.Choose(context.Request, stored);
        if (chosen is null)
        {
            return new ProblemResult(Problem.Of(
                StatusCodes.Status406NotAcceptable, "not_acceptable",
                $"The result is {stored}{(isText ? $", or {Json} with its text inside" : "")}.", "Accept"));
        }

        if (chosen == stored)
            return Send(context, result, download);
        Protect(context);
        return new TextResultResponse(AsText(snapshot, result));
    }

    private static FileContentHttpResult Send(HttpContext context, ResultDocument result, bool download)
    {
        Protect(context);
        return TypedResults.Bytes(result.Body, result.ContentType, download ? FileNames.Safe(result.FileName) : null);
    }

    private static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.Append("Vary", "Accept");
        SecurityHeaders.Sandbox(context);
    }

    private static TextResult AsText(JobSnapshot snapshot, ResultDocument result) => new(
        snapshot.JobId, snapshot.State, snapshot.State == JobState.Succeeded, result.ContentType, result.FileName,
        Encoding.UTF8.GetString(result.Body.Span));

    private sealed class TextResultResponse(TextResult result) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => RawJson.WriteAsync(
            httpContext, JsonSerializer.SerializeToUtf8Bytes(result, JobsJson.Default.TextResult));
    }
}
