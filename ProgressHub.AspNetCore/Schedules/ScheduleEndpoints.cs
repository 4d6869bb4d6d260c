using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Schedules;

namespace ProgressHub.AspNetCore.Schedules;

/// <summary>Jobs that are submitted at certain times.</summary>
internal static class ScheduleEndpoints
{
    private const int Previewed = 5;

    private static readonly Problem NoSchedule =
        Problem.Of(StatusCodes.Status404NotFound, "schedule_not_found", "There is no such schedule.");

    public static void MapSchedules(this IEndpointRouteBuilder routes)
    {
        var schedules = routes.MapGroup("/api/schedules")
            .WithTag(new ApiTag("Schedules", "Jobs that are submitted at certain times."))
            .RequireAuthorization()
            .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()));
        MapReading(schedules);
        MapChanging(schedules);
    }

    private static void MapReading(RouteGroupBuilder schedules)
    {
        schedules.MapGet("", ListAsync)
            .Produces<ScheduleList>()
            .Describe("listSchedules", "Lists schedules", "All of the caller's, in the order in which they were made, without their inputs.");
        schedules.MapGet("/preview", Preview)
            .Produces<SchedulePreview>()
            .Describe(
                "previewSchedule", "When a schedule would be due",
                "The next five times of `cron` in `timeZone` (IANA; UTC where it is missing).")
            .Problems(422);
        schedules.MapGet("/{id}", GetAsync)
            .Produces<ScheduleView>()
            .Describe("getSchedule", "A schedule", "With the input of its jobs, when it is due next, and what came of it when it was last due.")
            .Problems(404);
    }

    private static void MapChanging(RouteGroupBuilder schedules)
    {
        schedules.MapPost("", CreateAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<ScheduleSubmission>("application/json")
            .Produces<ScheduleView>(StatusCodes.Status201Created)
            .WithBodyExample(
                """
                {"name":"Morning letter","kind":"translation","cron":"0 6 * * 1-5","timeZone":"Europe/Vienna",
                 "input":{"text":"Hello, world.","format":"plain","targetLanguage":"es"}}
                """)
            .Describe(
                "createSchedule", "Makes a schedule",
                "Its job is submitted whenever `cron` says so in `timeZone`, or once `at` a time, within the rights and quotas of its " +
                "owner. What a submission would refuse is refused at once; so are files and secrets, which are not kept until then. " +
                "Times within an hour in which no server ran are made up for by one job.")
            .Problems(400, 413, 415, 422, 429, 503);
        schedules.MapPatch("/{id}", ChangeAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<ScheduleChange>("application/json")
            .Produces<ScheduleView>()
            .WithBodyExample("""{"enabled":false}""")
            .Describe("changeSchedule", "Changes or pauses a schedule", "What is missing in the body stays as it is. `cron` takes the place of `at`, and `at` that of `cron`.")
            .Problems(400, 404, 413, 415, 422, 429, 503);
        schedules.MapDelete("/{id}", DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("deleteSchedule", "Deletes a schedule", "Its jobs stay.")
            .Problems(404, 503);
        schedules.MapPost("/{id}/run", RunAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Produces<JobSnapshot>(StatusCodes.Status202Accepted)
            .Describe(
                "runSchedule", "Submits the job of a schedule now",
                "Also of one that is paused, and while its last job has not ended. When it is due stays as it is. An `Idempotency-Key` makes the request safe to repeat.")
            .Problems(400, 404, 409, 422, 429, 503);
    }

    private static async Task<JsonHttpResult<ScheduleList>> ListAsync(ClaimsPrincipal user, ScheduleService schedules, CancellationToken aborted) =>
        TypedResults.Json(
            new ScheduleList([.. (await schedules.ListAsync(user.Owner(), aborted)).Select(ScheduleView.Of)]), SchedulesJson.Default.ScheduleList);

    private static JsonHttpResult<SchedulePreview> Preview(string? cron, string? timeZone, ScheduleService schedules) => TypedResults.Json(
        new SchedulePreview(schedules.Preview(ScheduleTimesRequest.Read(cron, null, timeZone ?? Timetable.DefaultZone), Previewed)),
        SchedulesJson.Default.SchedulePreview);

    private static async Task<Results<JsonHttpResult<ScheduleView>, ProblemResult>> GetAsync(
        string id, ClaimsPrincipal user, ScheduleService schedules, CancellationToken aborted) =>
        await schedules.FindAsync(id, user.Owner(), aborted) is { } schedule
            ? TypedResults.Json(ScheduleView.Of(schedule), SchedulesJson.Default.ScheduleView)
            : new ProblemResult(NoSchedule);

    private static async Task<JsonHttpResult<ScheduleView>> CreateAsync(
        HttpContext context, ClaimsPrincipal user, ScheduleService schedules, CancellationToken aborted)
    {
        var wanted = await JsonBody.ReadAsync(context.Request, SchedulesJson.Default.ScheduleSubmission, aborted);
        var made = await schedules.CreateAsync(wanted.ToDraft(), user.Owner(), aborted);
        context.Response.Headers.Location = $"/api/schedules/{made.Id}";
        return TypedResults.Json(ScheduleView.Of(made), SchedulesJson.Default.ScheduleView, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Results<JsonHttpResult<ScheduleView>, ProblemResult>> ChangeAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ScheduleService schedules, CancellationToken aborted)
    {
        var wanted = await JsonBody.ReadAsync(request, SchedulesJson.Default.ScheduleChange, aborted);
        return await schedules.ChangeAsync(id, user.Owner(), wanted.Apply, aborted) is { } changed
            ? TypedResults.Json(ScheduleView.Of(changed), SchedulesJson.Default.ScheduleView)
            : new ProblemResult(NoSchedule);
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id, ClaimsPrincipal user, ScheduleService schedules, CancellationToken aborted) =>
        await schedules.DeleteAsync(id, user.Owner(), aborted) ? TypedResults.NoContent() : new ProblemResult(NoSchedule);

    private static async Task<Results<SnapshotResult, ProblemResult>> RunAsync(
        string id, HttpRequest request, ClaimsPrincipal user, ScheduleService schedules, IEnumerable<ISubmissionAnswer> answers, CancellationToken aborted) =>
        await schedules.RunAsync(id, user.Owner(), IdempotencyKeyHeader.Read(request.Headers), aborted) is { } submission
            ? SubmitEndpoint.Accepted(submission, answers)
            : new ProblemResult(NoSchedule);
}
