namespace ProgressHub.Core.Workloads;

/// <summary>
/// Marks a top-level text of an input as a secret: it lives in memory for the job alone, is never stored or logged, and
/// does not come back after a restart. The schema says <c>writeOnly</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;
