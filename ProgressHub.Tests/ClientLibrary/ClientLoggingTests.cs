using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Client;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

public sealed class ClientLoggingTests
{
    [Fact]
    public async Task What_a_program_logs_in_the_scope_of_a_job_is_that_jobs_log_and_nothing_else_is()
    {
        await using var server = await ServerProcess.StartNewAsync();
        await using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProgressHubJobs().SetMinimumLevel(LogLevel.Information))
            .AddProgressHubClient(options => options.BaseAddress = server.Address)
            .BuildServiceProvider();
        var hub = services.GetRequiredService<ProgressHubClient>();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var logger = loggers.CreateLogger("Importer");
        await using var job = await hub.StartAsync("Logged");
        await using var inner = await hub.StartAsync("Inner");

        Say(logger, LogLevel.Information, "Outside");
        using (logger.BeginScope(job))
        using (logger.BeginScope("A scope of another kind"))
        {
            Say(logger, LogLevel.Debug, "Too fine");
            Say(logger, LogLevel.Information, "Read 3 files");
            await Task.Run(() => Say(loggers.CreateLogger("Other"), LogLevel.Warning, "One is empty"));
            Say(loggers.CreateLogger("ProgressHub.Client.Reporting"), LogLevel.Warning, "The client's own");
            using (logger.BeginScope(inner))
                Say(logger, LogLevel.Information, "Of the inner job");
            Say(logger, LogLevel.Error, "One is broken", new InvalidDataException("no header"));
        }

        await job.CompleteAsync().Soon();
        await inner.CompleteAsync().Soon();

        var log = (await server.LogOfAsync(job.JobId)).Where(e => e.Text("type") == "log");
        Assert.Equal(
            [("info", "Read 3 files"), ("warning", "One is empty"), ("error", "One is broken: InvalidDataException: no header")],
            log.Select(e => (e.Text("level")!, e.Text("message")!)));
        Assert.Equal(["Of the inner job"], (await server.LogOfAsync(inner.JobId)).Lines());
    }

    [Fact]
    public void The_client_is_one_for_the_whole_program_and_keeps_its_clock_and_its_log()
    {
        using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new ManualTime())
            .AddProgressHubClient(options => options.BaseAddress = new Uri("http://hub.example/below"))
            .BuildServiceProvider();

        var options = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ProgressHubClientOptions>>().Value;

        Assert.Same(services.GetRequiredService<ProgressHubClient>(), services.GetRequiredService<ProgressHubClient>());
        Assert.IsType<ManualTime>(options.TimeProvider);
        Assert.Same(services.GetRequiredService<ILoggerFactory>(), options.LoggerFactory);
    }

#pragma warning disable CA1848, CA2254 // As any program logs.
    private static void Say(ILogger logger, LogLevel level, string line, Exception? failure = null) => logger.Log(level, failure, line);
#pragma warning restore CA1848, CA2254
}
