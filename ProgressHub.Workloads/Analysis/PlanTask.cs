using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis;

/// <summary>A question to be planned.</summary>
/// <param name="Table">What it is about.</param>
/// <param name="Request">The question, and how it is to be answered.</param>
/// <param name="Engine">Who plans it: rules, or a model.</param>
/// <param name="Session">The session it is asked in; null where it is in none.</param>
/// <param name="Choices">What its asker has said of unclear words; what is asked now is added.</param>
internal sealed record PlanTask(TableProfile Table, AnalysisInput Request, string Engine, string? Session, Dictionary<string, string> Choices);
