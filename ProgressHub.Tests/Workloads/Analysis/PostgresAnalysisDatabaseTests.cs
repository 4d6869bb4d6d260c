using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Sql;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Tests.Workloads.Analysis;

[Collection(PostgresTests.Name)]
public sealed class PostgresAnalysisDatabaseTests(PostgresServer postgres) : AnalysisDatabaseContract
{
    private protected override AnalysisDatabase Open(string folder) => AnalysisDatabase.Shared(
        new SharedDatabase(postgres.NewSchema()), TimeProvider.System, NullLogger<AnalysisDatabase>.Instance)!;
}
