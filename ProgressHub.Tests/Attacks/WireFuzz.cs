using System.Net.WebSockets;
using CsCheck;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Attacks;

/// <summary>
/// Every parser that meets the network, given what nobody would send: it refuses or takes it, and never fails, hangs or
/// fills the memory. <see cref="GeneratedInputs"/> says how others are tried.
/// </summary>
[Collection(AttackCollection.Name)]
public sealed class WireFuzz(AttackServers servers)
{
    private const int Times = 150;
    private const string Boundary = "b0undary";

    public static TheoryData<string> Modes => [.. AttackModes.Names];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Bodies_of_JSON(string mode)
    {
        var server = await servers.OfAsync(mode);
        string[] paths =
        [
            "/api/jobs", "/messages", "/chat", "/analyze", "/execute", "/api/collections", "/api/sessions", "/api/tables/preview", "/v1/audio/speech", "/mcp",
            "/api/jobs/00000000000000000000000000000000/answers", "/api/jobs/00000000000000000000000000000000/retry", "/api/jobs/00000000000000000000000000000000/shares", "/api/accounts", "/api/tickets", "/api/jobs/00000000000000000000000000000000/updates",
        ];
        await Gen.Select(Gen.OneOf(paths), Mutations.Of(
            """{"kind":"external","title":"T","tags":["a"],"input":{"stages":[{"name":"a","weight":1}],"heartbeatSeconds":5}}""",
            """{"kind":"translation","input":{"text":"Hello","targetLanguage":"eo","engine":"pseudo"},"webhook":{"url":"https://example.org/x"}}""",
            """{"kind":"analysis","input":{"mode":"execute","sql":"SELECT 1"}}""", """{"name":"Mine","embedding":"hashed"}""", """{"answer":"yes","requestId":"1"}""",
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}"""))
            .ForEachAsync(
                AttackModes.Times(mode, Times),
                async input =>
                {
                    var (path, body) = input;
                    using var answer = await server.PostAsync(path, body, "application/json").Soon();
                    await AttackServer.AnsweredAsync(answer, path);
                });
        await server.IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Forms_in_parts(string mode)
    {
        var server = await servers.OfAsync(mode);
        const string Form = "--b0undary\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\ntranslation\r\n--b0undary\r\nContent-Disposition: form-data; name=\"input\"\r\n\r\n" +
            "{\"targetLanguage\":\"eo\",\"engine\":\"pseudo\"}\r\n--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b0undary--\r\n";
        await Gen.Select(Gen.OneOf("/api/jobs", "/transcribe", "/v1/audio/transcriptions?async=true", "/analyze", "/api/tables/preview"), Mutations.Of(Form)).ForEachAsync(
            AttackModes.Times(mode, Times),
            async input =>
            {
                var (path, body) = input;
                using var answer = await server.PostAsync(path, body, $"multipart/form-data; boundary={Boundary}", ("Prefer", "respond-async")).Soon();
                await AttackServer.AnsweredAsync(answer, path);
            });
        await server.IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Headers_of_resumable_uploads(string mode)
    {
        var server = await servers.OfAsync(mode);
        var values = Mutations.Of("11", "filename YS50eHQ=,type dGV4dA==", "final;/api/uploads/a /api/uploads/b", "partial", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "1.0.0", "0")
            .Select(Header);
        await Gen.Select(Gen.OneOf("Upload-Length", "Upload-Metadata", "Upload-Concat", "Upload-Checksum", "Upload-Offset", "Upload-Defer-Length", "Tus-Resumable"), values, Gen.Bool).ForEachAsync(
            AttackModes.Times(mode, Times),
            async input =>
            {
                var (name, value, patch) = input;
                using var body = new ByteArrayContent("hello world"u8.ToArray());
                body.Headers.ContentType = new("application/offset+octet-stream");
                using var answer = await server.AskAsync(
                    patch ? HttpMethod.Patch : HttpMethod.Post, patch ? "/api/uploads/00000000000000000000000000000000" : "/api/uploads", body,
                    ("Tus-Resumable", "1.0.0"), ("Upload-Length", "11"), ("Upload-Offset", "0"), (name, value)).Soon();
                await AttackServer.AnsweredAsync(answer, $"{name}: {value}");
            });
        await server.IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Lines_of_a_program_that_reports(string mode)
    {
        var server = await servers.OfAsync(mode);
        await Mutations.Of(
            "{\"number\":1,\"message\":\"a\"}\n{\"stage\":\"working\",\"current\":1,\"total\":2}\n{\"log\":[{\"message\":\"x\",\"level\":\"warning\"}],\"partial\":{\"index\":0,\"text\":\"p\"}}\n").ForEachAsync(
            AttackModes.Times(mode, Times / 3),
            async body =>
            {
                using var made = await server.PostAsync("/api/jobs", """{"kind":"external","input":{}}"""u8.ToArray(), "application/json");
                var job = await WebServer.ReadAsync(made);
                using var answer = await server.PostAsync(
                    $"/api/jobs/{job.Id()}/updates", body, "application/x-ndjson", ("Authorization", $"Bearer {job.Text("writeToken")}")).Soon();
                await AttackServer.AnsweredAsync(answer, "updates");
                using var canceled = await server.AskAsync(HttpMethod.Post, $"/api/jobs/{job.Id()}/cancel");
                await AttackServer.AnsweredAsync(canceled, "cancel");
            });
        await server.IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Cursors(string mode)
    {
        var server = await servers.OfAsync(mode);
        using var made = await server.PostAsync("/api/jobs", """{"kind":"external","title":"T\r\ndata: x\u2028\u0085","input":{}}"""u8.ToArray(), "application/json");
        var id = (await WebServer.ReadAsync(made)).Id();
        using var canceled = await server.AskAsync(HttpMethod.Post, $"/api/jobs/{id}/cancel");
        canceled.EnsureSuccessStatusCode();
        var cursors = Mutations.Of("17", "0", "-1", "9223372036854775807", "a.b", "").Select(Header);
        await Gen.Select(cursors, Gen.OneOf("events", "events?after=", "partials?after=", "?cursor="), Gen.OneOf("text/event-stream", "application/json", "application/x-ndjson", "text/csv")).ForEachAsync(
            AttackModes.Times(mode, Times),
            async input =>
            {
                var (cursor, path, type) = input;
                var target = path == "?cursor=" ? "/api/jobs" : $"/api/jobs/{id}/{path.Split('?')[0]}";
                var query = path.Contains('?', StringComparison.Ordinal) ? $"?{path.Split('?')[1]}{Uri.EscapeDataString(cursor)}" : "";
                using var answer = await server.AskAsync(HttpMethod.Get, target + query, null, ("Accept", type), ("Last-Event-ID", cursor)).Soon();
                await AttackServer.AnsweredAsync(answer, cursor);
            });
        await server.IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Frames_of_the_hub(string mode)
    {
        var server = await servers.OfAsync(mode);
        await Gen.Select(Gen.Bool, Mutations.Of(
            """{"type":1,"invocationId":"1","target":"Watch","arguments":["00000000000000000000000000000000",0]}""" + "\u001e",
            """{"type":4,"invocationId":"2","target":"Stream","arguments":["00000000000000000000000000000000",0]}""" + "\u001e",
            """{"type":6}""" + "\u001e" + """{"type":5,"invocationId":"2"}""" + "\u001e", """{"type":8,"sequenceId":1}""" + "\u001e")).ForEachAsync(
            AttackModes.Times(mode, Times / 3),
            async input =>
            {
                var (binary, frame) = input;
                using var socket = new ClientWebSocket();
                if (server.Credential is { } credential)
                    socket.Options.SetRequestHeader("Authorization", $"Bearer {credential}");
                await socket.ConnectAsync(HubClient.AddressAt(server.Address), CancellationToken.None).Soon();
                await SendAsync(socket, "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), binary: false);
                await SendAsync(socket, frame, binary);

                // Twice: the first may be the end of a frame that had none.
                await SendAsync(socket, "{\"type\":7}\u001e"u8.ToArray(), binary: false);
                await SendAsync(socket, "{\"type\":7}\u001e"u8.ToArray(), binary: false);
                await DrainAsync(socket).Soon();
            });
        await server.IsWellAsync();
    }

    // What a client can send in a header at all.
    private static string Header(byte[] bytes) => new([.. bytes.Where(b => b is >= 0x20 and < 0x7f).Select(b => (char)b)]);

    private static async Task SendAsync(ClientWebSocket socket, byte[] bytes, bool binary)
    {
        try
        {
            await socket.SendAsync(bytes, binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Soon();
        }
        catch (Exception closed) when (closed is WebSocketException or InvalidOperationException or IOException)
        {
            // It has hung up on what it can't read.
        }
    }

    private static async Task DrainAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (socket.State == WebSocketState.Open && (await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut, which ends it too.
        }
    }
}
