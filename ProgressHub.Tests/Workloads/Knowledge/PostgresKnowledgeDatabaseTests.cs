using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Sql;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Tests.Workloads.Knowledge;

[Collection(PostgresTests.Name)]
public sealed class PostgresKnowledgeDatabaseTests(PostgresServer postgres) : KnowledgeDatabaseContract
{
    private protected override KnowledgeDatabase Open() => KnowledgeDatabase.Shared(
        new SharedDatabase(postgres.NewSchema()), TimeProvider.System, NullLogger<KnowledgeDatabase>.Instance)!;
}
