using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Analysis.Planning;
using ProgressHub.Core.Workloads.Analysis.Sessions;

namespace ProgressHub.Core.Workloads.Analysis;

/// <summary>What every question needs.</summary>
internal sealed record AnalysisServices(
    AnalysisSessions Sessions, TableStore Tables, AnswerMemory Memory, IReadOnlyList<ChatPlanner> Planners,
    IOptions<AnalysisOptions> Options, TimeProvider Time);
