using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Tests.Quotas;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobUsageTests
{
    private static readonly JobUsage Call = new(10, 4, 1) { Cost = 0.25m, Currency = "USD" };

    [Fact]
    public async Task Each_call_is_an_event_with_the_total_so_far_and_the_end_sums_it_up()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("calls", async context =>
        {
            await context.AddUsageAsync(Call);
            await context.AddUsageAsync(Call with { Cost = null, Estimated = true });
            Assert.Equal(2, context.Usage.Calls);
        }));

        var events = await engine.RunAsync("calls");

        Assert.Equal([1, 2], events.OfType<UsageEvent>().Select(e => e.Calls));
        var total = new JobUsage(20, 8, 2) { Cost = 0.25m, Currency = "USD", Estimated = true };
        Assert.Equal(total, events.OfType<DoneEvent>().Single().Summary.Usage);
        Assert.Equal(total, (await engine.Jobs.FindAsync(events[0].JobId, EngineHost.Owner, CancellationToken.None))!.Usage);
    }

    [Fact]
    public async Task A_job_that_calls_no_model_tells_nothing_of_usage()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("none", _ => Task.CompletedTask));

        var events = await engine.RunAsync("none");

        Assert.Null(events.OfType<DoneEvent>().Single().Summary.Usage);
        Assert.DoesNotContain("usage", System.Text.Encoding.UTF8.GetString(EventJson.Serialize(events[^1])), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Calls_at_once_are_all_counted()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("many", async context =>
            await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (_, _) => await context.AddUsageAsync(Call))));

        var events = await engine.RunAsync("many");

        Assert.Equal(Enumerable.Range(1, 200), events.OfType<UsageEvent>().Select(e => e.Calls));
        Assert.Equal((2000, 800, 50m), (events.OfType<DoneEvent>().Single().Summary.Usage!.InputTokens, events.OfType<DoneEvent>().Single().Summary.Usage!.OutputTokens, events.OfType<DoneEvent>().Single().Summary.Usage!.Cost));
    }

    [Fact]
    public async Task What_its_owners_month_does_not_leave_ends_a_job_with_the_code_of_the_bound()
    {
        await using var engine = await EngineHost.StartAsync(
            _ => { },
            services =>
            {
                services.Configure<QuotaOptions>(quotas => quotas.TokensPerMonth = 40);
                services.AddSingleton<IUsageStore>(new QuotaUsage { Now = new OwnerUsage { Tokens = 12 }, Others = new OwnerUsage { Tokens = 12 } });
            },
            new LambdaWorkload("asks", async context =>
            {
                for (var i = 0; i < 3; i++)
                {
                    context.RequireWithinQuota(context.Usage.Plus(Call));
                    await context.AddUsageAsync(Call);
                }
            }));

        var done = (await engine.RunAsync("asks")).OfType<DoneEvent>().Single();

        Assert.Equal((JobState.Failed, "quota_tokens", 28), (done.State, done.Error!.Code, done.Summary.Usage!.Tokens));
    }

    [Fact]
    public async Task Two_jobs_at_once_do_not_pass_a_bound_together_that_neither_passes_alone()
    {
        var (asked, refused) = (new Signal(), new Signal());
        await using var engine = await EngineHost.StartAsync(
            _ => { },
            services => services.Configure<QuotaOptions>(quotas => quotas.TokensPerMonth = 20),
            new LambdaWorkload("first", async context =>
            {
                context.RequireWithinQuota(Call);
                asked.Set();
                await refused.Task;
                await context.AddUsageAsync(Call);
            }),
            new LambdaWorkload("second", context =>
            {
                context.RequireWithinQuota(Call);
                return Task.CompletedTask;
            }));
        var first = await engine.SubmitAsync("first");
        await asked.Task.Soon();

        var done = (await engine.RunAsync("second")).OfType<DoneEvent>().Single();
        refused.Set();

        Assert.Equal((JobState.Failed, "quota_tokens"), (done.State, done.Error?.Code));
        Assert.Equal(JobState.Succeeded, (await engine.EndAsync(first.JobId)).OfType<DoneEvent>().Single().State);
    }

    [Fact]
    public async Task What_an_attempt_used_before_a_crash_counts_in_the_next()
    {
        var reached = new Signal();
        JobUsage? before = null;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("crashes", async context =>
        {
            if (context.Attempt > 1)
                before = context.Usage;
            await context.AddUsageAsync(Call);
            if (context.Attempt > 1)
                return;
            // Returns once all that was told is on disk.
            await context.ApplyAsync([]);
            reached.Set();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
        }));
        var job = await engine.SubmitAsync("crashes");
        await reached.Task.Soon();

        await engine.CrashAsync();

        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(Call, before);
        Assert.Equal(2, events.OfType<DoneEvent>().Single().Summary.Usage!.Calls);
    }
}
