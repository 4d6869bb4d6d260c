using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>I9: a job of somebody else does not exist, whatever is asked.</summary>
public sealed class OwnershipTests
{
    private const string Stranger = "bob";

    private static readonly string[] NotAboutOneJob = [nameof(JobService.SubmitAsync), nameof(JobService.ListAsync)];

    [Fact]
    public async Task Every_method_answers_a_stranger_as_if_there_were_no_such_job()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("asks", context => context.AskAsync("Which?", null, TimeSpan.FromHours(1))), Quick);
        var asking = await engine.SubmitAsync("asks");
        await engine.ReachAsync(asking.JobId, JobState.WaitingForInput);
        var finished = (await engine.RunAsync("quick"))[0].JobId;
        var asked = new HashSet<string>();

        foreach (var id in new[] { asking.JobId, finished })
        {
            var snapshot = await engine.Jobs.FindAsync(id, EngineHost.Owner, CancellationToken.None);
            foreach (var (method, answer) in AskAll(engine.Jobs, id, Stranger))
            {
                asked.Add(method);
                Assert.Equal(
                    JsonSerializer.Serialize(await Ask(AskAll(engine.Jobs, JobId.New(), Stranger), method)),
                    JsonSerializer.Serialize(await answer()));
            }

            Assert.Equal(
                EventJson.Serialize(snapshot!), EventJson.Serialize((await engine.Jobs.FindAsync(id, EngineHost.Owner, CancellationToken.None))!));
        }

        Assert.Empty((await engine.Jobs.ListAsync(new JobQuery { Owner = Stranger }, CancellationToken.None)).Items);
        var methods = typeof(JobService).GetMethods().Where(m => m.DeclaringType == typeof(JobService)).Select(m => m.Name);
        Assert.Equal(methods.Except(NotAboutOneJob).Order(), asked.Order());
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

    private static Task<object?> Ask(IEnumerable<(string Method, Func<Task<object?>> Answer)> all, string method) =>
        all.Single(a => a.Method == method).Answer();

    private static IEnumerable<(string Method, Func<Task<object?>> Answer)> AskAll(JobService jobs, JobId id, string owner)
    {
        var none = CancellationToken.None;
        yield return (nameof(jobs.FindAsync), async () => await jobs.FindAsync(id, owner, none));
        yield return (nameof(jobs.WasPurgedAsync), async () => await jobs.WasPurgedAsync(id, owner, none));
        yield return (nameof(jobs.WaitAsync), async () => await jobs.WaitAsync(id, owner, 0, TimeSpan.FromMinutes(1), none).Soon());
        yield return (nameof(jobs.WatchAsync), async () => await jobs.WatchAsync(id, owner, 0, false, none));
        yield return (nameof(jobs.ReadEventsAsync), async () => await jobs.ReadEventsAsync(id, owner, 0, 100, none));
        yield return (nameof(jobs.ReadPartialsAsync), async () => await jobs.ReadPartialsAsync(id, owner, -1, 100, none));
        yield return (nameof(jobs.ReadResultAsync), async () => await jobs.ReadResultAsync(id, owner, true, none));
        yield return (nameof(jobs.ReadInputAsync), async () => await jobs.ReadInputAsync(id, owner, none));
        yield return (nameof(jobs.CancelAsync), async () => await jobs.CancelAsync(id, owner, none));
        yield return (nameof(jobs.RetryAsync), async () => await jobs.RetryAsync(id, owner, RetryScope.All, none));
        yield return (nameof(jobs.AnswerAsync), async () => await jobs.AnswerAsync(id, owner, "x", "y", none));
        yield return (nameof(jobs.DeleteAsync), async () => await jobs.DeleteAsync(id, owner, none));
    }
}
