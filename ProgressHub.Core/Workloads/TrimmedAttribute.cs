namespace ProgressHub.Core.Workloads;

/// <summary>
/// White space around a text does not count: it is taken away before the text is checked and read, and a blank text is the
/// same as one that is left out. On a type it holds for all its texts.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TrimmedAttribute : Attribute;
