namespace ProgressHub.Core.Workloads;

/// <summary>Says in words of the workload's own, or under a code of its own, that a property breaks a rule of its schema.</summary>
/// <param name="keyword">
/// The rule, by its keyword in the schema: <c>required</c>, <c>type</c>, <c>enum</c>, <c>minLength</c>, <c>maxLength</c>,
/// <c>pattern</c>, <c>minimum</c>, <c>maximum</c>, <c>minItems</c>, <c>maxItems</c> or <c>maxProperties</c>.
/// </param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true)]
public sealed class RefusalAttribute(string keyword) : Attribute
{
    /// <summary>The rule.</summary>
    public string Keyword { get; } = keyword;

    /// <summary>The code in snake_case, such as <c>empty_text</c>.</summary>
    public string Code { get; init; } = "invalid_input";

    /// <summary>The sentence a user reads; null for the usual one.</summary>
    public string? Message { get; init; }
}
