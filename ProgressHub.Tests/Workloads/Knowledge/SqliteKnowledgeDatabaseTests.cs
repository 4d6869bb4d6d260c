using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Tests.Workloads.Knowledge;

public sealed class SqliteKnowledgeDatabaseTests : KnowledgeDatabaseContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-knowledge-").FullName;

    private protected override KnowledgeDatabase Open() => new(_folder, TimeProvider.System, NullLogger<KnowledgeDatabase>.Instance);

    private protected override void Close() => Directory.Delete(_folder, recursive: true);
}
