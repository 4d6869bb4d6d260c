using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Storage.Sqlite;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>A real database file in a folder of its own.</summary>
internal sealed class SqliteUnderTest : IStorageUnderTest
{
    private readonly bool _keep;

    public SqliteUnderTest(TimeProvider? time = null, StorageOptions? options = null, string? directory = null)
    {
        time ??= TimeProvider.System;
        _keep = directory is not null;
        Directory = directory ?? Path.Combine(Path.GetTempPath(), $"progresshub-{Guid.NewGuid():N}");
        Dialect = new SqliteDialect(Directory, time, NullLogger<SqlStorage>.Instance) { AcceptDataLoss = options?.AcceptDataLoss ?? false };
        Storage = new SqlStorage(Dialect, options ?? new StorageOptions(), null, time, NullLogger<SqlStorage>.Instance);
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

    public string Directory { get; }

    public SqliteDialect Dialect { get; }

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

    public async Task<SqliteUnderTest> StartAsync()
    {
        await Store.InitializeAsync(CancellationToken.None);
        return this;
    }

    /// <summary>Holds the writer inside a transaction until the returned task source completes.</summary>
    public async Task<TaskCompletionSource> HoldWriterAsync()
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Storage.WriteAsync(
            _ =>
            {
                held.TrySetResult();
                release.Task.Wait(CancellationToken.None);
                return 0;
            },
            0, 0, CancellationToken.None);
        await held.Task;
        return release;
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        if (!_keep && System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
