using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming.HandOver;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Streaming.HandOver;

/// <summary>Streams leave the web server once they have begun, byte for byte as if they had not.</summary>
public sealed class HandOverTests(WebServer server) : IClassFixture<WebServer>
{
    private Uri Address => server.Client.BaseAddress!;

    private HandedOverSockets HandedOver => server.Services.GetRequiredService<HandedOverSockets>();

    [Fact]
    public async Task A_stream_goes_on_outside_of_the_server_and_ends_as_a_whole_response()
    {
        var (id, script) = await BeginAsync();
        using var client = await OpenAsync(id);
        var head = await client.HeadAsync();
        await LeftAsync(1);

        for (var i = 0; i < 20; i++)
            await script.DoAsync(context => context.LogAsync(JobLogLevel.Info, $"line {i}").AsTask());
        script.End(new WorkloadOutcome(null));
        var body = await client.BodyAsync();

        Assert.StartsWith("HTTP/1.1 200 OK\n", head, StringComparison.Ordinal);
        Assert.Contains("\nConnection: close\n", head, StringComparison.Ordinal);
        Assert.Contains("\nTransfer-Encoding: chunked\n", head, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Contains($"\"line {i}\"", body, StringComparison.Ordinal));
        Assert.Contains("\nevent: done\n", body, StringComparison.Ordinal);
        Assert.EndsWith("\n\n", body, StringComparison.Ordinal);
        Assert.True(await client.IsClosedAsync());
        await LeftAsync(0);
    }

    [Fact]
    public async Task A_client_that_goes_is_noticed_though_nothing_happens_and_its_place_is_free()
    {
        var (id, script) = await BeginAsync();
        var limiter = server.Services.GetRequiredService<WatcherLimiter>();
        using (var client = await OpenAsync(id))
        {
            await client.HeadAsync();
            await LeftAsync(1);
            Assert.Equal(1, limiter.Count);
        }

        await LeftAsync(0);
        await Patience.UntilAsync(() => limiter.Count == 0, "its place is free");
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task Whoever_asks_again_on_the_same_connection_gets_the_end_of_the_stream()
    {
        var (id, script) = await BeginAsync();
        using var client = await OpenAsync(id);
        await client.HeadAsync();
        await LeftAsync(1);

        await client.SendAsync(RawResponse.Get("/api/workloads"));

        Assert.DoesNotContain("done", await client.BodyAsync(), StringComparison.Ordinal);
        await LeftAsync(0);
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public async Task What_stands_behind_the_request_is_answered_and_the_stream_stays()
    {
        var (id, script) = await BeginAsync();
        using var client = await RawResponse.ConnectAsync(Address);
        await client.SendAsync(RawResponse.Get($"/api/jobs/{id}/events") + RawResponse.Get("/api/workloads"));
        var head = await client.HeadAsync();
        await script.DoAsync(context => context.LogAsync(JobLogLevel.Info, "a line").AsTask());
        script.End(new WorkloadOutcome(null));

        Assert.DoesNotContain("Connection", head, StringComparison.Ordinal);
        Assert.Contains("\nevent: done\n", await client.BodyAsync(), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 OK\n", await client.HeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, HandedOver.Count);
    }

    [Fact]
    public async Task A_connection_is_kept_behind_204_and_behind_the_whole_stream_of_an_ended_job()
    {
        var id = (await server.RunAsync()).Id();
        var last = (await server.GetAsync($"/api/jobs/{id}")).GetProperty("seq").GetInt64();
        using var client = await RawResponse.ConnectAsync(Address);

        await client.SendAsync(RawResponse.Get($"/api/jobs/{id}/events", headers: $"Last-Event-ID: {last}"));
        Assert.StartsWith("HTTP/1.1 204 ", await client.HeadAsync(), StringComparison.Ordinal);
        await client.SendAsync(RawResponse.Get($"/api/jobs/{id}/events?after=0"));
        Assert.DoesNotContain("Connection", await client.HeadAsync(), StringComparison.Ordinal);
        Assert.Contains("\nevent: done\n", await client.BodyAsync(), StringComparison.Ordinal);
        await client.SendAsync(RawResponse.Get("/api/workloads"));
        Assert.StartsWith("HTTP/1.1 200 ", await client.HeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_knows_no_chunks_is_served_by_the_server()
    {
        var (id, script) = await BeginAsync();
        using var client = await RawResponse.ConnectAsync(Address);
        await client.SendAsync(RawResponse.Get($"/api/jobs/{id}/events", version: "1.0"));

        Assert.DoesNotContain("chunked", await client.HeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, HandedOver.Count);
        script.End(new WorkloadOutcome(null));
    }

    private async Task<RawResponse> OpenAsync(string id)
    {
        var client = await RawResponse.ConnectAsync(Address);
        await client.SendAsync(RawResponse.Get($"/api/jobs/{id}/events"));
        return client;
    }

    private async Task<(string Id, Script Script)> BeginAsync()
    {
        var run = Guid.NewGuid().ToString("N");
        var id = (await server.SubmitAsync(run: run)).Id();
        await server.Workload[run].Begun;
        return (id, server.Workload[run]);
    }

    private Task LeftAsync(int count) => Patience.UntilAsync(
        () => HandedOver.Count == count, $"{count} streams are outside of the server");
}
