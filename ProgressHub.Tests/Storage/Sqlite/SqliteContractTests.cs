namespace ProgressHub.Tests.Storage.Sqlite;

public sealed class SqliteJobStoreTests : JobStoreContract
{
    protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteEventLogTests : EventLogContract
{
    protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteWebhookStoreTests : WebhookStoreContract
{
    protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteFileStoreTests : FileStoreContract
{
    protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}

public sealed class SqliteDurationStoreTests : DurationStoreContract
{
    protected override IStorageUnderTest Create(TimeProvider time) => new SqliteUnderTest(time);
}
