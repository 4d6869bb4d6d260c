namespace ProgressHub.Web.Components.Overview;

/// <summary>How long jobs of a kind took from beginning to end.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">How many were counted.</param>
/// <param name="MedianMs">Half of them took no longer, in milliseconds.</param>
/// <param name="SlowMs">Nineteen of twenty took no longer.</param>
public sealed record KindDurations(string Kind, int Count, double MedianMs, double SlowMs);
