using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Tests.Support;
using static ProgressHub.Tests.AspNetCore.Dialects.StreamingChat.ChatServer;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

public sealed class ChatTokenTests
{
    private const string Token = "s3cret-token-of-a-client";
    private const string Key = "sk-s3cret-key-of-a-client";

    [Fact]
    public async Task A_clients_token_reaches_no_log_however_much_is_logged()
    {
        await using var server = new TalkativeServer();
        foreach (var set in (string[])[Set, OlderSet])
        {
            foreach (var path in (string[])["sse", "progress"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, $"{set}/{path}/{new string('0', 32)}?token={Token}");
                request.Headers.Authorization = new("Bearer", Token);
                using var _ = await server.Client.SendAsync(request);
            }

            using var asking = new HttpRequestMessage(HttpMethod.Post, $"{set}/ask-question?token={Token}") { Content = WebServer.Raw("{") };
            asking.Headers.Authorization = new("Bearer", Token);
            using var refused = await server.Client.SendAsync(asking);
            await refused.IsProblemAsync(400, "malformed_json");
        }

        await Patience.UntilAsync(
            () => server.Logs.Lines.Count(l => l.Contains("answered 4", StringComparison.Ordinal)) == 6, "all requests are logged");
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_a_token_nor_a_key_is_in_what_the_server_stores_or_says()
    {
        await using var engine = await SlowEngine.StartAsync(TimeSpan.Zero);
        await using var server = await ServerProcess.StartNewAsync(
            [.. engine.Settings, ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore", "Trace")]);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", Token);

        var messages = await server.Client.HearAsync(Question(("api_key", Key)), query: $"?token={Token}");
        var task = messages[0].Text("task_id");
        Assert.Equal("enhanced_complete", messages[^1].Type());
        var input = await server.Client.GetStringAsync($"/api/jobs/{task}/input");
        Assert.Equal(0, await server.StopAsync());

        Assert.Contains("guan_yu", input, StringComparison.Ordinal);
        var stored = Directory.EnumerateFiles(server.DataDirectory, "*", SearchOption.AllDirectories)
            .Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))).ToList();
        Assert.Contains(stored, text => text.Contains(task!, StringComparison.Ordinal));
        Assert.All([input, server.Output, .. stored, .. messages.Select(m => m.GetRawText())], text =>
        {
            Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        });
    }

    private sealed class TalkativeServer : WebServer
    {
        public CapturedLogs Logs { get; } = new();

        protected override Dictionary<string, string?> Settings => new()
        {
            ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft"] = "Trace", ["Logging:LogLevel:ProgressHub"] = "Trace",
        };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(Logs));
        }
    }
}
