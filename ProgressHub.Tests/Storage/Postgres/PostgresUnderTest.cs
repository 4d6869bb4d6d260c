using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Storage.Postgres;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Tests.Storage.Postgres;

/// <summary>A schema of a real server.</summary>
internal sealed class PostgresUnderTest : IStorageUnderTest
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"progresshub-{Guid.NewGuid():N}");

    public PostgresUnderTest(string connectionString, TimeProvider time)
    {
        Storage = new SqlStorage(
            new PostgresDialect(connectionString, _directory, time, NullLogger.Instance), new StorageOptions(), null, time,
            NullLogger<SqlStorage>.Instance);
        Store = new SqlJobStore(Storage);
        Log = new SqlEventLog(Storage);
        Webhooks = new SqlWebhookStore(Storage);
        Files = new SqlFileStore(Storage);
        Durations = new SqlDurationStore(Storage);
        Usage = new SqlUsageStore(Storage);
        Schedules = new SqlScheduleStore(Storage);
        Pauses = new SqlQueuePauseStore(Storage);
        Defaults = new SqlDefaultWebhookStore(Storage);
    }

    public SqlStorage Storage { get; }

    public IJobStore Store { get; }

    public IEventLog Log { get; }

    public IWebhookStore Webhooks { get; }

    public IFileStore Files { get; }

    public IDurationStore Durations { get; }

    public IUsageStore Usage { get; }

    public IScheduleStore Schedules { get; }

    public IQueuePauseStore Pauses { get; }

    public IDefaultWebhookStore Defaults { get; }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
