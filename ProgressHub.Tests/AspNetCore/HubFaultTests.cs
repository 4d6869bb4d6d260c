using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>A fault of the server in a hub method is logged, once, with its cause.</summary>
public sealed class HubFaultTests
{
    [Theory]
    [InlineData("Watch")]
    [InlineData("Stream")]
    public async Task A_fault_of_the_server_is_logged_and_tells_the_client_nothing(string method)
    {
        await using var server = new BrokenServer();
        await using var hub = HubClient.ConnectionTo(server.Client.BaseAddress!);
        await hub.StartAsync().Soon();
        var id = new string('0', 32);

        var told = await Assert.ThrowsAsync<HubException>(() => method == "Watch"
            ? hub.InvokeAsync<JsonElement>(method, id, 0).Soon()
            : hub.StreamAsync<JsonElement>(method, id, 0).FirstAsync().AsTask().Soon());

        Assert.DoesNotContain("inside", told.Message, StringComparison.Ordinal);
        await Patience.UntilAsync(() => server.Logs.Lines.Any(IsFault), "the fault is logged");
        Assert.Single(server.Logs.Lines, IsFault);

        static bool IsFault(string line) =>
            line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("the inside broke", StringComparison.Ordinal);
    }

    private sealed class BrokenServer : WebServer
    {
        private readonly CapturedLogs _logs = new();

        public CapturedLogs Logs => _logs;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<ILoggerProvider>(_logs);
                var faults = new StoreFaults
                {
                    Before = (call, _) => call == nameof(IEventLog.FindSnapshotAsync)
                        ? throw new InvalidOperationException("the inside broke")
                        : Task.CompletedTask,
                };
                services.AddSingleton<IEventLog>(new FaultyLog(Store, faults));
            });
        }
    }
}
