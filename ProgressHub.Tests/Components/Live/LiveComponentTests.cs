using System.Threading.Channels;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Components.Live;

public sealed class LiveComponentTests : BunitContext
{
    private readonly ManualTime _time = new();
    private readonly Channel<int> _feed = Channel.CreateUnbounded<int>();

    public LiveComponentTests()
    {
        DefaultWaitTimeout = Patience.Limit;
        Services.AddSingleton<TimeProvider>(_time);
    }

    [Fact]
    public async Task A_burst_renders_twice_and_ends_with_the_last_state()
    {
        var probe = Render<FeedProbe>(p => p.Add(x => x.Feed, _feed));
        var before = probe.Instance.Renders;

        for (var i = 1; i <= 5000; i++)
            _feed.Writer.TryWrite(i);
        await Patience.UntilAsync(() => probe.Instance.Seen == 5000, "all was seen");
        _time.Advance(FeedProbe.RenderInterval);
        probe.WaitForAssertion(() => Assert.Equal("5000", probe.Markup));

        Assert.Equal(2, probe.Instance.Renders - before);
    }

    [Fact]
    public async Task Disposing_cancels_the_loop_and_waits_until_it_has_ended()
    {
        var farewell = new TaskCompletionSource();
        var probe = Render<FeedProbe>(p => p.Add(x => x.Feed, _feed).Add(x => x.Farewell, farewell.Task));
        var component = probe.Instance;

        var disposing = probe.InvokeAsync(() => component.DisposeAsync().AsTask());
        Assert.False(disposing.IsCompleted);
        Assert.Equal(1, component.Loops);
        farewell.SetResult();
        await disposing.Soon();

        Assert.Equal(0, component.Loops);
    }

    [Fact]
    public async Task A_new_loop_begins_only_when_the_one_before_has_ended()
    {
        var farewell = new TaskCompletionSource();
        var probe = Render<FeedProbe>(p => p.Add(x => x.Feed, _feed).Add(x => x.Farewell, farewell.Task));
        var second = Channel.CreateUnbounded<int>();
        second.Writer.TryWrite(7);

        await probe.InvokeAsync(() => probe.Instance.Restart(second));
        Assert.Equal((1, 0), (probe.Instance.Loops, probe.Instance.Seen));
        farewell.SetResult();

        await Patience.UntilAsync(() => probe.Instance.Seen == 1, "the second loop runs");
        Assert.Equal(1, probe.Instance.Loops);
    }

    [Fact]
    public void An_error_in_the_loop_goes_to_the_error_boundary()
    {
        var boundary = Render<ErrorBoundary>(p => p
            .AddChildContent<FeedProbe>(c => c.Add(x => x.Feed, _feed))
            .Add(x => x.ErrorContent, error => $"<p>{error.Message}</p>"));

        _feed.Writer.TryWrite(-1);

        boundary.WaitForAssertion(() => Assert.Equal("A broken feed.", boundary.Find("p").TextContent));
    }
}
