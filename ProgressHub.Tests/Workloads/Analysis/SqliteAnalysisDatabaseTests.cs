using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Tests.Workloads.Analysis;

public sealed class SqliteAnalysisDatabaseTests : AnalysisDatabaseContract
{
    private protected override AnalysisDatabase Open(string folder) => new(folder);
}
