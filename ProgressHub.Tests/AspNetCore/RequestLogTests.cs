using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class RequestLogTests
{
    [Fact]
    public async Task A_token_in_a_query_reaches_no_log_however_much_is_logged()
    {
        await using var server = new TalkativeServer();
        foreach (var path in (string[])["/api/jobs", "/api/jobs/nope", "/api/nothing", "/", "/hubs/jobs", "/watch/x", "/docs/index.html"])
        {
            using var _ = await server.Client.GetAsync($"{path}?token=s3cret-token");
        }

        using var failed = await server.Client.PostAsync(
            "/api/jobs?token=s3cret-token", WebServer.Raw("""{"kind":"scripted","input":{"text":"explode"}}"""));

        await server.LoggedAsync("GET /api/jobs answered 200 after");
        Assert.Contains(server.Logs.Lines, line => line.Contains("POST /api/jobs failed.", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains("s3cret-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_path_can_not_break_the_line_a_request_is_logged_in()
    {
        await using var server = new TalkativeServer();
        using var _ = await server.Client.GetAsync("/api/x%0d%0aerror:%20forged");

        await server.LoggedAsync("GET /api/x%0D%0Aerror:%20forged answered 404");
    }

    private sealed class TalkativeServer : WebServer
    {
        public CapturedLogs Logs { get; } = new();

        /// <summary>Waits for a line: a request is logged once it is over, which its client may know before.</summary>
        public Task LoggedAsync(string part) => Patience.UntilAsync(
            () => Logs.Lines.Any(line => line.Contains(part, StringComparison.Ordinal)), $"'{part}' is logged");

        protected override Dictionary<string, string?> Settings => new()
        {
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft"] = "Trace",
            ["Logging:LogLevel:ProgressHub"] = "Trace",
        };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(Logs));
        }
    }
}
