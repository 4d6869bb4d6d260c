using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Localization;

namespace ProgressHub.Tests.Components.Live;

public sealed class TickingTests : BunitContext
{
    private readonly ManualTime _time = new();

    public TickingTests() => Services.AddSingleton<TimeProvider>(_time).AddSingleton<UiText>();

    [Fact]
    public void Elapsed_ticks_once_a_second_while_the_job_runs()
    {
        var job = new JobSnapshot { JobId = JobId.New(), State = JobState.Running, StartedAt = _time.GetUtcNow() };
        var elapsed = Render<Elapsed>(p => p.Add(x => x.Job, job));

        _time.Advance(TimeSpan.FromSeconds(65));

        elapsed.WaitForAssertion(() => Assert.Equal("1 min 5 s", elapsed.Find("span").TextContent));
        Assert.Equal(1, _time.Armed);
    }

    [Fact]
    public void Elapsed_stands_still_once_the_job_has_ended()
    {
        var start = _time.GetUtcNow();
        var job = new JobSnapshot
        {
            JobId = JobId.New(), State = JobState.Succeeded, StartedAt = start, FinishedAt = start + TimeSpan.FromSeconds(9.1),
        };

        var elapsed = Render<Elapsed>(p => p.Add(x => x.Job, job));

        Assert.Equal("9.1 s", elapsed.Find("span").TextContent);
        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public void Elapsed_of_a_queued_job_says_how_long_it_has_waited()
    {
        var job = new JobSnapshot { JobId = JobId.New(), State = JobState.Queued, CreatedAt = _time.GetUtcNow() - TimeSpan.FromSeconds(3) };

        Assert.Equal("waiting 3 s", Render<Elapsed>(p => p.Add(x => x.Job, job)).Find("span").TextContent);
    }

    [Fact]
    public void A_countdown_counts_down_and_ends()
    {
        var countdown = Render<Countdown>(p => p.Add(x => x.Until, _time.GetUtcNow() + TimeSpan.FromSeconds(3)));
        Assert.Equal("3 s left", countdown.Find("span").TextContent);

        _time.Advance(TimeSpan.FromSeconds(4));

        countdown.WaitForAssertion(() => Assert.Equal("time is up", countdown.Find("span").TextContent));
    }

    [Fact]
    public async Task Nothing_ticks_once_the_component_is_gone()
    {
        Render<Elapsed>(p => p.Add(
            x => x.Job, new JobSnapshot { JobId = JobId.New(), State = JobState.Running, StartedAt = _time.GetUtcNow() }));
        Assert.Equal(1, _time.Armed);

        await DisposeComponentsAsync();

        Assert.Equal(0, _time.Armed);
    }
}
