using System.Reflection;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>I9: a job of somebody else does not exist, whatever is asked.</summary>
public sealed class OwnershipTests
{
    private const string Stranger = "bob";

    // Those that are for the host's own transports alone too.
    private static readonly MethodInfo[] Methods =
    [
        .. typeof(JobService).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(m => m.DeclaringType == typeof(JobService) && (m.IsPublic || m.IsAssembly)),
    ];

    private static readonly MethodInfo[] AboutOneJob =
        [.. Methods.Where(m => m.GetParameters() is [{ Name: "id" }, { Name: "owner" or "caller" }, ..])];

    [Fact]
    public void Every_method_asks_who_is_asking() => Assert.Equal(
        [nameof(JobService.CountAsync), nameof(JobService.ListAsync), nameof(JobService.ListEndedAsync), nameof(JobService.ListSharedAsync), nameof(JobService.SubmitAsync)],
        Methods.Except(AboutOneJob).Select(m => m.Name).Order());

    [Fact]
    public async Task Every_method_answers_a_stranger_as_if_there_were_no_such_job()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("asks", context => context.AskAsync("Which?", null, TimeSpan.FromHours(1))), Quick);
        var asking = await engine.SubmitAsync("asks");
        await engine.ReachAsync(asking.JobId, JobState.WaitingForInput);
        var finished = (await engine.RunAsync("quick"))[0].JobId;

        foreach (var id in new[] { asking.JobId, finished })
        {
            var snapshot = await engine.Jobs.FindAsync(id, EngineHost.Owner, CancellationToken.None);
            foreach (var method in AboutOneJob)
            {
                Assert.Equal(
                    JsonSerializer.Serialize(await AskAsync(engine.Jobs, method, JobId.New())),
                    JsonSerializer.Serialize(await AskAsync(engine.Jobs, method, id)));
            }

            Assert.Equal(
                EventJson.Serialize(snapshot!), EventJson.Serialize((await engine.Jobs.FindAsync(id, EngineHost.Owner, CancellationToken.None))!));
        }

        Assert.Empty((await engine.Jobs.ListAsync(new JobQuery { Owner = Stranger }, CancellationToken.None)).Items);
        await engine.Jobs.CancelAsync(asking.JobId, EngineHost.Owner, CancellationToken.None);
    }

    [Fact]
    public async Task A_stranger_does_not_learn_that_a_job_was_purged()
    {
        await using var engine = await EngineHost.StartAsync(Quick);
        var id = (await engine.RunAsync("quick"))[0].JobId;
        Assert.True(await engine.Jobs.DeleteAsync(id, EngineHost.Owner, CancellationToken.None));

        Assert.False(await engine.Jobs.WasPurgedAsync(id, Stranger, CancellationToken.None));
        Assert.True(await engine.Jobs.WasPurgedAsync(id, EngineHost.Owner, CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_takes_over_the_pieces_of_a_job_that_is_not_theirs()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("pieces", async context =>
        {
            if (context.RestoredPartials.Count == 0)
                await context.PartialAsync(new PartialResult(0, 2) { Text = "ann's own words" });
            return new WorkloadOutcome(null, FailedItems: 1);
        }));
        var id = (await engine.RunAsync("pieces"))[0].JobId;

        var refused = await Assert.ThrowsAsync<WorkloadException>(() => engine.Jobs.SubmitAsync(
            new JobRequest
            {
                Kind = "pieces", Input = JsonElement.Parse("{}"), Owner = Stranger, RetryOf = id, ReusePartials = true,
            },
            CancellationToken.None));
        Assert.Equal("unknown_retry_of", refused.Code);
    }

    private static LambdaWorkload Quick => new("quick", Task (_) => Task.CompletedTask);

    private static async Task<object?> AskAsync(JobService jobs, MethodInfo method, JobId id)
    {
        dynamic asking = method.Invoke(jobs, [.. method.GetParameters().Select(p => Argument(p, id))])!;
        return await asking;
    }

    private static object Argument(ParameterInfo parameter, JobId id) => parameter switch
    {
        { Name: "owner" or "caller" } => Stranger,
        _ when parameter.ParameterType == typeof(JobId) => id,
        _ when parameter.ParameterType == typeof(string) => "x",
        _ when parameter.ParameterType == typeof(int) => 10,
        _ when parameter.ParameterType == typeof(long) || parameter.ParameterType == typeof(long?) => 0L,
        _ when parameter.ParameterType == typeof(bool) => true,
        _ when parameter.ParameterType == typeof(JsonElement) => JsonElement.Parse("{}"),
        _ when parameter.ParameterType == typeof(TimeSpan) => TimeSpan.FromMinutes(1),
        _ when parameter.ParameterType == typeof(IEnumerable<string>) => Array.Empty<string>(),
        _ when parameter.ParameterType == typeof(UploadException) => UploadException.Broken(),
        _ when parameter.ParameterType == typeof(JobRight) => JobRight.Read,
        _ when parameter.ParameterType == typeof(RetryScope) => RetryScope.All,
        _ when parameter.ParameterType == typeof(TagChange) => new TagChange(["x"], []),
        _ when parameter.ParameterType == typeof(CancellationToken) => CancellationToken.None,
        _ => throw new NotSupportedException($"What is a {parameter.ParameterType} to ask with?"),
    };
}
