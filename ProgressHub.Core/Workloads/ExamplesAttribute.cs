namespace ProgressHub.Core.Workloads;

/// <summary>Values that show what an input property is for; they stand in its schema.</summary>
/// <param name="values">The values: as they are for a text, as JSON for anything else.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ExamplesAttribute(params string[] values) : Attribute
{
    /// <summary>The values.</summary>
    public IReadOnlyList<string> Values { get; } = values;
}
