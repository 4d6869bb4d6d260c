namespace ProgressHub.Core.Workloads;

/// <summary>
/// What the schema says of this property, beyond its type, is advice: the workload itself decides what it takes of it, such
/// as a list whose broken entries are reported one by one.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class LenientAttribute : Attribute;
