using ProgressHub.Core.Accounts;
using ProgressHub.Core.Postgres;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Web.Hosting;

/// <summary>What of a data directory is moved to PostgreSQL beside the jobs.</summary>
internal static class MovedData
{
    /// <summary>All of it.</summary>
    public static IReadOnlyList<MovedDatabase> All { get; } =
    [
        AccountDatabase.Moved,
        new($"knowledge/{KnowledgeDatabase.FileName}", KnowledgeDatabase.Schema("").Count, KnowledgeDatabase.Schema(".Postgres"), "knowledge_schema_version", [])
        {
            Beside = new MovedRows("vectors", database => VectorFiles.ReadAll(Path.Combine(Path.GetDirectoryName(database)!, "vectors"))),
        },
        new($"analysis/{AnalysisDatabase.FileName}", AnalysisDatabase.Schema("").Count, AnalysisDatabase.Schema(".Postgres"), "analysis_schema_version", []),
    ];
}
