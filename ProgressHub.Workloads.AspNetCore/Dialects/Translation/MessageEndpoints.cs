using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>Answers the dialect's requests from the engine. It remembers nothing.</summary>
internal sealed class MessageEndpoints(IOptions<TranslationDialectOptions> options, JobService jobs, TimeProvider time)
{
    private const string Kind = "translation";
    private const int PageSize = 1000;

    public async Task<IResult> SubmitAsync(HttpContext context, ClaimsPrincipal user, CancellationToken aborted)
    {
        var message = await JsonBody.ReadAsync(context.Request, MessageJson.Default.MessageRequest, aborted);
        var submission = await jobs.SubmitAsync(
            new JobRequest
            {
                Kind = Kind,
                Input = message.ToInput(options.Value.TargetLanguage),
                Owner = user.Owner(),
                IdempotencyKey = IdempotencyKeyHeader.Read(context.Request.Headers),
            },
            aborted);
        context.Response.Headers.Location = $"/messages/{submission.Snapshot.JobId}";
        return new MessageAnswer(MessageText.Of(MessageProjection.Status(submission.Snapshot)), StatusCodes.Status202Accepted);
    }

    public async Task<IResult> GetAsync([AsParameters] JobCall call, HttpContext context)
    {
        if (await FindAsync(call) is not { } job)
            return await call.AbsentAsync();

        // A client that goes on asking after the end is not sent the whole translation each time.
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{job.Seq}\"");
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var result = job.IsFinal ? await jobs.ReadResultAsync(job.JobId, call.Owner, soFar: false, call.Aborted) : null;
        return new MessageAnswer(MessageText.Of(MessageProjection.Status(job, result)));
    }

    public async Task<IResult> GetPartialAsync([AsParameters] JobCall call, HttpContext context)
    {
        if (await FindAsync(call) is not { } job || await ReadPiecesAsync(call) is not { } pieces)
            return await call.AbsentAsync();
        context.Response.Headers.CacheControl = "private, no-cache";
        var partials = MessageProjection.Partials(job, pieces, time.GetUtcNow(), options.Value.PartialsKept);
        return new MessageAnswer(
            MessageText.Of(partials), partials.Success ? StatusCodes.Status200OK : StatusCodes.Status410Gone);
    }

    private async Task<JobSnapshot?> FindAsync(JobCall call) =>
        await jobs.FindAsync(call.Id, call.Owner, call.Aborted) switch
        {
            null => null,
            { Kind: Kind } job => job,
            _ => throw new RefusedException(ProblemMapping.NoJob),
        };

    private async Task<List<PartialEvent>?> ReadPiecesAsync(JobCall call)
    {
        List<PartialEvent> pieces = [];
        while (true)
        {
            var after = pieces.Count > 0 ? pieces[^1].Index : -1;
            if (await jobs.ReadPartialsAsync(call.Id, call.Owner, after, PageSize, call.Aborted) is not { } page)
                return null;
            pieces.AddRange(page.Select(frame => (PartialEvent)frame.Decode()));
            if (page.Count < PageSize)
                return pieces;
        }
    }
}
