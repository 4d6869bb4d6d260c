using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Workloads.Analysis;

/// <summary>What every question needs.</summary>
internal sealed record AnalysisServices(
    AnalysisSessions Sessions, TableStore Tables, ITableQueries Queries, AnswerMemory Memory, IReadOnlyList<ChatPlanner> Planners,
    IOptions<AnalysisOptions> Options, MeaningLookup Meanings);
