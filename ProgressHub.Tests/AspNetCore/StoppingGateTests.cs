using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using ProgressHub.AspNetCore.Hosting;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>Whoever is in when the server is to stop has a moment, and no more.</summary>
public sealed class StoppingGateTests : IDisposable
{
    private readonly Lifetime _lifetime = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task A_request_that_goes_on_is_cut_off_once_the_moment_is_over()
    {
        var end = new TaskCompletionSource();
        using var gate = new StoppingGate(_ => end.Task, _lifetime, _time);
        var request = new Request();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestLifetimeFeature>(request);
        var going = gate.InvokeAsync(context);

        _lifetime.StopApplication();
        _time.Advance(StoppingGate.Patience - TimeSpan.FromTicks(1));
        Assert.False(request.IsCut);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.True(request.IsCut);
        end.SetResult();
        await going;
    }

    [Fact]
    public async Task One_that_has_ended_is_not_touched_and_a_new_one_is_told_to_come_back()
    {
        using var gate = new StoppingGate(_ => Task.CompletedTask, _lifetime, _time);
        var (request, before, late) = (new Request(), new DefaultHttpContext(), new DefaultHttpContext());
        before.Features.Set<IHttpRequestLifetimeFeature>(request);
        await gate.InvokeAsync(before);

        _lifetime.StopApplication();
        await gate.InvokeAsync(late);
        _time.Advance(StoppingGate.Patience);

        Assert.False(request.IsCut);
        Assert.Equal((StatusCodes.Status503ServiceUnavailable, "close"), (late.Response.StatusCode, late.Response.Headers.Connection.ToString()));
        Assert.True(late.Response.Headers.ContainsKey("Retry-After"));
    }

    private sealed class Request : IHttpRequestLifetimeFeature
    {
        public bool IsCut { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsCut = true;
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
