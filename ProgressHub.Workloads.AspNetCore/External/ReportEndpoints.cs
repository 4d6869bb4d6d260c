using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>Where programs report in.</summary>
internal static class ReportEndpoints
{
    private const string Ndjson = "application/x-ndjson";

    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<WriteTokens>()
        .AddSingleton<ISubmissionAnswer>(static provider => provider.GetRequiredService<WriteTokens>())
        .AddSingleton<ReportGate>().AddSingleton<ReportRoute>().AddSingleton<ReportDelivery>()
        .AddSingleton<IReportTaker, ForwardedReports>();

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var job = routes.MapGroup("/api/jobs/{id}")
            .WithTag(new ApiTag("External jobs", "Programs of one's own report how far their work is."))
            .AllowAnonymous() // The gate lets in who has the job's token.
            .WithMetadata(new ApiBearer("writeToken", "The `writeToken` in the answer to submitting an external job."))
            .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()));
        job.MapPost("/updates", UpdateAsync)
            .Accepts<UpdateBody>("application/json", Ndjson)
            .Produces<ExternalAnswer>(StatusCodes.Status200OK, "application/json", Ndjson)
            .Describe(
                "reportUpdates", "A program reports how far it is",
                "With the job's `writeToken` as bearer token. One update, a list of up to 1000, or NDJSON, one a line, in a " +
                "request that may last as long as the work; then answers come back as lines while it lasts, and an error " +
                "after the first of them is the last line. An answer means that everything up to it is on disk. An update " +
                "whose `number` is not above the last one applied is answered again, not applied again. Where " +
                "`cancelRequested` is true, nothing more is applied and the program should stop.")
            .Problems(400, 401, 404, 409, 410, 413, 415, 422, 429, 503);
        job.MapPost("/complete", CompleteAsync)
            .Accepts<CompleteBody>(isOptional: true, "application/json")
            .Produces<ExternalAnswer>()
            .Describe(
                "completeJob", "A program has done its work", "Answered once the job has ended; asking again is answered alike.")
            .Problems(400, 401, 404, 409, 410, 413, 415, 422, 503);
        job.MapPost("/fail", FailAsync)
            .Accepts<FailBody>("application/json")
            .Produces<ExternalAnswer>()
            .Describe("failJob", "A program has failed", "Answered once the job has ended; asking again is answered alike.")
            .Problems(400, 401, 404, 409, 410, 413, 415, 422, 503);
    }

    private static async Task UpdateAsync(
        JobId id, HttpContext context, ReportGate gate, ReportDelivery delivery, TimeProvider time, IHostApplicationLifetime server)
    {
        var job = await gate.AdmitAsync(context, id);
        if (!IsNdjson(context.Request))
        {
            await AnswerAsync(context, await delivery.UpdateAsync(job, await UpdateList.ReadAsync(context.Request), context.RequestAborted));
            return;
        }

        gate.EnterStream(id);
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, server.ApplicationStopping);
            await new UpdateStream(context, job, delivery, time, ended.Token).RunAsync();
        }
        catch (Exception cut) when (IsCut(cut, context))
        {
            // The program has gone in the middle, or the server stops: what came whole is applied, and it may come again.
            context.Abort();
        }
        finally
        {
            gate.ExitStream(id);
        }
    }

    private static async Task CompleteAsync(JobId id, HttpContext context, ReportGate gate, ReportDelivery delivery)
    {
        var job = await gate.AdmitAsync(context, id);
        var body = await JsonBody.ReadOptionalAsync(context.Request, ExternalJson.Default.CompleteBody, context.RequestAborted);
        await AnswerAsync(context, await delivery.EndAsync(
            job, ReportReading.Complete(body ?? new CompleteBody()), context.RequestAborted));
    }

    private static async Task FailAsync(JobId id, HttpContext context, ReportGate gate, ReportDelivery delivery)
    {
        var job = await gate.AdmitAsync(context, id);
        var body = await JsonBody.ReadAsync(context.Request, ExternalJson.Default.FailBody, context.RequestAborted);
        await AnswerAsync(context, await delivery.EndAsync(job, ReportReading.Fail(body), context.RequestAborted));
    }

    private static Task AnswerAsync(HttpContext context, ExternalAnswer answer) =>
        context.Response.WriteAsJsonAsync(answer, ExternalJson.Default.ExternalAnswer, cancellationToken: context.RequestAborted);

    private static bool IsNdjson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(Ndjson, StringComparison.OrdinalIgnoreCase);

    private static bool IsCut(Exception failure, HttpContext context) => failure switch
    {
        OperationCanceledException => true,
        BadHttpRequestException => context.Response.HasStarted || context.RequestAborted.IsCancellationRequested,
        IOException => true,
        _ => false,
    };
}
