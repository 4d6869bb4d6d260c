using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresJobStoreTests(PostgresServer server) : JobStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new PostgresUnderTest(server.NewSchema(), time);
}

[Collection(PostgresTests.Name)]
public sealed class PostgresEventLogTests(PostgresServer server) : EventLogContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new PostgresUnderTest(server.NewSchema(), time);
}

[Collection(PostgresTests.Name)]
public sealed class PostgresWebhookStoreTests(PostgresServer server) : WebhookStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new PostgresUnderTest(server.NewSchema(), time);
}

[Collection(PostgresTests.Name)]
public sealed class PostgresFileStoreTests(PostgresServer server) : FileStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new PostgresUnderTest(server.NewSchema(), time);
}

[Collection(PostgresTests.Name)]
public sealed class PostgresDurationStoreTests(PostgresServer server) : DurationStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new PostgresUnderTest(server.NewSchema(), time);
}

[Collection(PostgresTests.Name)]
public sealed class PostgresUsageStoreTests(PostgresServer server) : UsageStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new PostgresUnderTest(server.NewSchema(), time);
}

[Collection(PostgresTests.Name)]
public sealed class PostgresScheduleStoreTests(PostgresServer server) : ScheduleStoreContract
{
    private protected override IStorageUnderTest Create(TimeProvider time) => new PostgresUnderTest(server.NewSchema(), time);
}
