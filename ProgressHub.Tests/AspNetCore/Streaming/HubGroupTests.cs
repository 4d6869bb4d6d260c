using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Streaming;

/// <summary>Watchers are members of their job's group, whatever keeps the hub's connections.</summary>
public sealed class HubGroupTests
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_watch_gets_every_event_and_what_the_host_sends_to_its_group(bool withOtherManager)
    {
        await using var server = withOtherManager ? new OtherServer() : new WebServer();
        var script = server.Workload["group"];
        var id = (await server.SubmitAsync(run: "group")).Id();
        await script.Begun;
        await using var watching = await Watching.BeginAsync(server, id);
        await using var stranger = await Watching.ConnectAsync(server);
        var group = server.Services.GetRequiredService<IHubContext<JobHub>>().Clients.Group($"job:{id}");

        await group.SendAsync("note", "from the host");
        Assert.Equal("from the host", await watching.Notes.ReadAsync().AsTask().Soon());

        for (var i = 0; i < 30; i++)
            await script.DoAsync(context => context.LogAsync(JobLogLevel.Info, $"line {i}").AsTask());
        // What is on its way when the watch ends may still come.
        var reached = (await server.Client.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}")).GetProperty("seq").GetInt64();
        while (watching.Last < reached)
            await watching.NextAsync();
        await watching.Hub.InvokeAsync("Unwatch", id).Soon();
        await group.SendAsync("note", "to nobody");
        await watching.WatchAsync(id, after: watching.Last);
        await group.SendAsync("note", "to members again");
        Assert.Equal("to members again", await watching.Notes.ReadAsync().AsTask().Soon());
        script.End(new WorkloadOutcome(null));

        while (!watching.IsDone)
            await watching.NextAsync();
        Assert.Equal(Enumerable.Range(1, (int)watching.Last).Select(n => (long)n), watching.Seqs);
        Assert.False(stranger.Notes.TryRead(out _));

        // With the job the membership ends.
        await Patience.UntilAsync(async () =>
        {
            await group.SendAsync("note", "after the end");
            await watching.Hub.InvokeAsync("UnwatchMine").Soon();
            return !watching.Notes.TryRead(out _);
        }, "the group is empty");
    }

    [Fact]
    public async Task What_the_host_sends_to_the_group_stands_between_the_events_where_it_was_sent()
    {
        await using var server = new WebServer();
        var script = server.Workload["between"];
        var id = (await server.SubmitAsync(run: "between")).Id();
        await script.Begun;
        var group = server.Services.GetRequiredService<IHubContext<JobHub>>().Clients.Group($"job:{id}");
        using var early = await RawHubClient.ConnectAsync(server.Client.BaseAddress!);
        await early.SendAsync($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{id}}",null]}""");
        Assert.Equal(3, (await early.NextAsync()).GetProperty("type").GetInt32());

        await script.DoAsync(async context =>
        {
            for (var i = 0; i < 200; i++)
            {
                await context.LogAsync(JobLogLevel.Info, $"line {i}");
                await group.SendAsync("note", i);
            }
        });
        script.End(new WorkloadOutcome(null));

        var told = new List<string>();
        while (told is not [.., "done"])
        {
            var message = await early.NextAsync();
            var arguments = message.GetProperty("arguments");
            if (message.Text("target") == "note")
                told.Add($"note {arguments[0].GetInt32()}");
            else
                told.AddRange(arguments[0].EnumerateArray().Select(e => e.Text("type") == "log" ? e.Text("message")! : e.Text("type")!));
        }

        Assert.Equal(
            Enumerable.Range(0, 200).SelectMany(i => new[] { $"line {i}", $"note {i}" }),
            told.Where(t => t.StartsWith("line", StringComparison.Ordinal) || t.StartsWith("note", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_member_that_takes_nothing_holds_up_neither_the_host_nor_the_other_members_and_is_cut_off()
    {
        await using var server = new WebServer();
        var script = server.Workload["stalled"];
        var id = (await server.SubmitAsync(run: "stalled")).Id();
        await script.Begun;
        using var stalled = await StalledWatcher.OfHubAsync(server.Client.BaseAddress!, id);
        await using var watching = await Watching.BeginAsync(server, id);
        await Patience.UntilAsync(() => server.Services.GetRequiredService<WatcherLimiter>().Count == 2, "both watch");
        var group = server.Services.GetRequiredService<IHubContext<JobHub>>().Clients.Group($"job:{id}");

        // More than the system keeps for a connection, and more than waits for one here.
        var text = new string('x', 16_000);
        for (var i = 0; i < 1500; i++)
        {
            await group.SendAsync("note", $"{i} {text}").Soon();
            Assert.Equal($"{i} {text}", await watching.Notes.ReadAsync().AsTask().Soon());
        }

        await Patience.UntilAsync(() => server.Services.GetRequiredService<WatcherLimiter>().Count == 1, "who takes nothing is cut off");
        script.End(new WorkloadOutcome(null));
        while (!watching.IsDone)
            await watching.NextAsync();
    }

    [Fact]
    public async Task No_event_comes_before_the_answer_that_it_follows()
    {
        await using var server = new WebServer();
        var script = server.Workload["order"];
        var id = (await server.SubmitAsync(run: "order")).Id();
        await script.Begun;
        using var stop = new CancellationTokenSource();
        script.Begin(async context =>
        {
            while (!stop.IsCancellationRequested)
            {
                await context.LogAsync(JobLogLevel.Info, "again");
                await Task.Yield();
            }
        });

        for (var i = 0; i < 25; i++)
        {
            using var client = await RawHubClient.ConnectAsync(server.Client.BaseAddress!);
            await client.SendAsync($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{id}}",null]}""");
            var answer = await client.NextAsync();
            Assert.Equal(3, answer.GetProperty("type").GetInt32());
            var result = answer.GetProperty("result");
            var last = result.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64())
                .Prepend(result.GetProperty("snapshot").GetProperty("seq").GetInt64()).Last();
            var events = await client.NextAsync();
            Assert.Equal("events", events.Text("target"));
            Assert.Equal(last + 1, events.GetProperty("arguments")[0][0].GetProperty("seq").GetInt64());
        }

        await stop.CancelAsync();
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);
    }

    /// <summary>Keeps the hub's connections in SignalR's own way, and not in ours.</summary>
    private sealed class OtherServer : WebServer
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
                services.AddSingleton<HubLifetimeManager<JobHub>, DefaultHubLifetimeManager<JobHub>>());
        }
    }

    private sealed class Watching : IAsyncDisposable
    {
        private readonly Channel<JsonElement[]> _batches = Channel.CreateUnbounded<JsonElement[]>();
        private readonly Channel<string> _notes = Channel.CreateUnbounded<string>();

        private Watching(HubConnection hub)
        {
            Hub = hub;
            hub.On<JsonElement[]>("events", batch => _batches.Writer.TryWrite(batch));
            hub.On<string>("note", note => _notes.Writer.TryWrite(note));
        }

        public HubConnection Hub { get; }

        public ChannelReader<string> Notes => _notes.Reader;

        public List<long> Seqs { get; } = [];

        public long Last => Seqs.Count == 0 ? 0 : Seqs[^1];

        public bool IsDone { get; private set; }

        public static async Task<Watching> ConnectAsync(WebServer server)
        {
            var watching = new Watching(HubClient.ConnectionTo(server.Client.BaseAddress!));
            await watching.Hub.StartAsync().Soon();
            return watching;
        }

        public static async Task<Watching> BeginAsync(WebServer server, string id)
        {
            var watching = await ConnectAsync(server);
            await watching.WatchAsync(id, after: 0);
            return watching;
        }

        public async Task WatchAsync(string id, long after)
        {
            // What came before is behind the cursor that is asked with.
            while (_batches.Reader.TryRead(out var batch))
                Take(batch);
            var answer = await Hub.InvokeAsync<JsonElement>("Watch", id, Math.Max(after, Last)).Soon();
            Take(answer.GetProperty("events").EnumerateArray());
        }

        public async Task NextAsync() => Take(await _batches.Reader.ReadAsync().AsTask().Soon());

        public async ValueTask DisposeAsync() => await Hub.DisposeAsync();

        private void Take(IEnumerable<JsonElement> events)
        {
            foreach (var seen in events)
            {
                Seqs.Add(seen.GetProperty("seq").GetInt64());
                IsDone |= seen.Text("type") == "done";
            }
        }
    }
}
