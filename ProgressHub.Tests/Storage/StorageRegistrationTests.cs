using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage;

/// <summary>How a host gets its storage.</summary>
public sealed class StorageRegistrationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("progresshub-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_configured_directory_gets_the_database_and_closing_the_host_closes_it()
    {
        var data = Path.Combine(_directory, "made", "on", "demand");

        await using (var services = Build(("Storage:DataDirectory", data)))
        {
            await services.GetRequiredService<IJobStore>().InitializeAsync(default);
            await services.GetRequiredService<IJobStore>().ProbeAsync(default);
        }

        Assert.True(File.Exists(Path.Combine(data, "progresshub.db")));
        Assert.False(File.Exists(Path.Combine(data, "progresshub.holder")));
    }

    [Theory]
    [InlineData("Storage:Provider", "Postgres", "Storage:ConnectionString")]
    [InlineData("Storage:QueueCapacity", "1", "QueueCapacity")]
    [InlineData("Storage:QueueBytes", "1", "QueueBytes")]
    [InlineData("Storage:Readers", "0", "Readers")]
    [InlineData("Storage:DataDirectory", "", "DataDirectory")]
    public void What_cannot_work_is_refused_at_start_by_name(string key, string value, string named)
    {
        using var services = Build((key, value));

        var refusal = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Appended_events_are_counted_and_timed()
    {
        await using var services = Build(("Storage:DataDirectory", _directory));
        var log = services.GetRequiredService<IEventLog>();
        await services.GetRequiredService<IJobStore>().InitializeAsync(default);
        var job = new LoggedJob(
            new Job { Id = JobId.New(), Kind = "k", Title = "T", Owner = "ann", CreatedAt = DateTimeOffset.UnixEpoch },
            TimeProvider.System);
        await log.CreateAsync(job.New(), default);
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "ProgressHub")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            seen.AddOrUpdate(instrument.Name, value, (_, before) => before + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();

        await log.AppendAsync(
            job.Append(new LogEvent(JobLogLevel.Info, "a"), new LogEvent(JobLogLevel.Info, "b")), default);
        listener.RecordObservableInstruments();

        // Other tests append at the same time, and meters know no owner: at least ours are there.
        Assert.True(seen["progresshub.events.appended"] >= 2);
        Assert.True(seen["progresshub.append.duration"] > 0);
        Assert.True(seen.ContainsKey("progresshub.storage.queue"));
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value))
            .Build())
        .AddLogging()
        .AddStorage()
        .BuildServiceProvider();
}
