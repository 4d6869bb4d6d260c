namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>What a call of a model is charged with.</summary>
/// <param name="Model">The model.</param>
/// <param name="Price">What it costs; null where that is not configured.</param>
/// <param name="Currency">In which currency.</param>
/// <param name="Budget">How much of models any job may use.</param>
internal sealed record ModelRate(string? Model, ModelPrice? Price, string Currency, UsageBudget Budget);
