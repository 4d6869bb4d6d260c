using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MessagePack;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Streaming;

/// <summary>The hub says the same as MessagePack as it says in JSON, and takes nothing from a stranger that harms it.</summary>
public sealed class HubMessagePackTests
{
    [Fact]
    public async Task A_watch_over_MessagePack_gets_what_one_over_JSON_gets()
    {
        await using var server = new WebServer();
        var script = server.Workload["both"];
        var id = (await server.SubmitAsync(run: "both")).Id();
        await script.Begun;
        var batches = Channel.CreateUnbounded<object[]>();
        await using var hub = Connection(server);
        hub.On<object[]>("events", batch => batches.Writer.TryWrite(batch));
        await hub.StartAsync().Soon();

        var answer = ToJson(await hub.InvokeAsync<object>("Watch", id, 0).Soon())!;
        await script.DoAsync(context => context.LogAsync(JobLogLevel.Info, "naïve – 燈").AsTask());
        await script.DoAsync(context => context.PartialAsync(new PartialResult(0, 2) { Text = "a" }).AsTask());
        script.End(new WorkloadOutcome(null));
        var seen = answer["events"]!.AsArray().Select(each => each!.DeepClone()).ToList();
        while (seen is not [.., JsonObject { } last] || (string?)last["type"] != "done")
            seen.AddRange((await batches.Reader.ReadAsync().AsTask().Soon()).Select(each => ToJson(each)!));

        var asJson = await Support.HubWatching.WatchAsync(server.Client.BaseAddress!, id, 0);
        Assert.Equal(asJson.Count, seen.Count);
        Assert.All(asJson.Zip(seen), pair => Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(pair.First.Json), pair.Second), $"{pair.First.Json}\n{pair.Second}"));
        Assert.Equal(id, (string?)answer["snapshot"]!["jobId"]);
    }

    [Fact]
    public async Task Streams_and_all_of_ones_jobs_come_over_MessagePack_too()
    {
        await using var server = new WebServer();
        var id = (await server.SubmitAsync()).Id();
        await using var hub = Connection(server);
        await hub.StartAsync().Soon();

        var items = new List<JsonNode>();
        await foreach (var item in hub.StreamAsync<object>("Stream", id, 0))
            items.Add(ToJson(item)!);
        var mine = ToJson(await hub.InvokeAsync<object>("WatchMine", (string?)null).Soon())!;
        var refused = await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(
            () => hub.InvokeAsync<object>("Watch", JobId.New().ToString(), null).Soon());

        Assert.Equal(["snapshot"], items[0].AsObject().Select(property => property.Key));
        Assert.Equal("done", (string?)items[^1]["events"]!.AsArray()[^1]!["type"]);
        Assert.NotEqual("", (string?)mine["cursor"]);
        Assert.Contains("job_not_found", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deep"), InlineData("long"), InlineData("promising"), InlineData("typed"), InlineData("cut")]
    public async Task What_a_stranger_sends_costs_the_stranger_the_connection_at_most(string attack)
    {
        await using var server = new WebServer();
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(HubClient.AddressAt(server.Client.BaseAddress!), CancellationToken.None).Soon();
        await SendAsync(socket, Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e"));

        await SendAsync(socket, Framed(attack switch
        {
            "deep" => Invocation([.. Enumerable.Repeat((byte)0x91, 20_000)]),
            "long" => Invocation([0xc6, 0x00, 0x10, 0x00, 0x00, .. new byte[1024 * 1024]]),
            "promising" => Invocation([0xdd, 0x7f, 0xff, 0xff, 0xff]),
            "typed" => Invocation([0xc7, 0x02, 0x64, 0xa1, 0x41]),
            _ => [0x96, 0x01],
        }));
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None).Soon()).MessageType != WebSocketMessageType.Close)
            {
                // The answer to the handshake or a ping, unless it is the answer to the call, which tells of an error.
                if (buffer.AsSpan().IndexOf("rror"u8) >= 0)
                    break;
            }
        }
        catch (WebSocketException)
        {
            // It was cut off.
        }

        var seen = await Support.HubWatching.WatchAsync(server.Client.BaseAddress!, (await server.SubmitAsync()).Id(), 0);
        Assert.True(seen[^1].IsDone);
    }

    [Theory]
    [InlineData("""{"a":[1,-2,0.5,1e300,9223372036854775807,18446744073709551615],"b":{"c":null,"d":true,"e":""}}""")]
    [InlineData("""["naïve \"quoted\" \\ \n 燈 🎈"]""")]
    [InlineData("[]"), InlineData("{}"), InlineData("false"), InlineData("17")]
    public void Json_stays_what_it_is(string json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), ToJson(Packed(json))), json);

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_a_replacement_character() =>
        Assert.Equal("a\ufffdb\tc", (string?)ToJson(Packed("\"a\\ud83db\\tc\"")));

    private static object? Packed(string json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        MessagePackJson.Write(ref writer, Encoding.UTF8.GetBytes(json));
        writer.Flush();
        return MessagePackSerializer.Deserialize<object?>(buffer.WrittenMemory, MessagePack.Resolvers.ContractlessStandardResolver.Options);
    }

    private static HubConnection Connection(WebServer server) => HubClient.ConnectionTo(
        server.Client.BaseAddress!, builder => builder.AddMessagePackProtocol());

    private static async Task SendAsync(ClientWebSocket socket, byte[] bytes) =>
        await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).Soon();

    /// <summary>A call of <c>Watch</c> with one argument, which is whatever it is.</summary>
    private static byte[] Invocation(byte[] argument) =>
        [0x96, 0x01, 0x80, 0xa1, (byte)'1', 0xa5, .. "Watch"u8, 0x91, .. argument, 0x90];

    private static byte[] Framed(byte[] body)
    {
        List<byte> length = [];
        for (var rest = body.Length; length.Count == 0 || rest > 0; rest >>= 7)
            length.Add((byte)((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0)));
        return [.. length, .. body];
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object> map => new JsonObject(map.Select(pair => KeyValuePair.Create((string)pair.Key, ToJson(pair.Value)))),
        object[] list => new JsonArray([.. list.Select(ToJson)]),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        double number => JsonNode.Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonNode.Parse(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!),
    };
}
