using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects;

public sealed class DialectRepeatTests
{
    private const string Run = "quiet";
    private const int Times = 6;

    [Fact]
    public async Task Of_a_silent_job_something_is_said_within_each_time_asked_for_and_nothing_after_its_end()
    {
        await using var server = new ClockedServer();
        var submitting = server.SubmitAsync(run: Run);
        await server.PassUntilAsync(submitting);
        var id = (await submitting).Id();
        await server.PassUntilAsync(server.Workload[Run].Begun);
        await using var stream = await EventStream.OpenAsync(server.Client, $"/echo/{id}/again");
        await ReadUntilAsync(stream, "\"type\":\"started\"");

        for (var i = 0; i < Times; i++)
        {
            // Waits for ever where nothing is said in this stretch of time.
            server.Time.Advance(EchoDialect.Every);
            Assert.Contains("\"again\":", await ReadUntilAsync(stream, "again"), StringComparison.Ordinal);
        }

        server.Workload[Run].End(LambdaWorkload.Nothing);
        var ended = stream.RestAsync();
        await server.PassUntilAsync(ended);
        var rest = (await ended).Select(i => i.Data).ToList();
        Assert.All(rest[^3..], json => Assert.Contains("\"type\":\"done\"", json, StringComparison.Ordinal));
    }

    private static async Task<string> ReadUntilAsync(EventStream stream, string part)
    {
        while (await stream.NextAsync() is { } item)
        {
            if (item.Data.Contains(part, StringComparison.Ordinal))
                return item.Data;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>A server whose time passes when the test says so.</summary>
    private sealed class ClockedServer : EchoServer
    {
        private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(5);

        public ManualTime Time { get; } = new();

        /// <summary>Lets so little time pass again and again that what waits for a moment goes on.</summary>
        public Task PassUntilAsync(Task task) => Patience.UntilAsync(
            () =>
            {
                Time.Advance(Little);
                return task.IsCompleted;
            },
            "it is done");

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time)));
        }
    }
}
