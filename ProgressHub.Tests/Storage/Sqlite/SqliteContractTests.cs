namespace ProgressHub.Tests.Storage.Sqlite;

public sealed class SqliteJobStoreTests : JobStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteEventLogTests : EventLogContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteWebhookStoreTests : WebhookStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteFileStoreTests : FileStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteDurationStoreTests : DurationStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteUsageStoreTests : UsageStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteScheduleStoreTests : ScheduleStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}
