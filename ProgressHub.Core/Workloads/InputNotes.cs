namespace ProgressHub.Core.Workloads;

/// <summary>What a schema can't say of an input property.</summary>
/// <param name="Required">Whether it has to be there.</param>
/// <param name="Trimmed">Whether white space around its text does not count.</param>
/// <param name="Lenient">Whether its schema is advice beyond the type.</param>
/// <param name="LoneFile">Whether a single text stands for a list of one.</param>
/// <param name="Refusals">The words of its refusals, by the keyword of the rule.</param>
internal sealed record InputNotes(
    bool Required, bool Trimmed, bool Lenient, bool LoneFile, IReadOnlyDictionary<string, RefusalAttribute> Refusals)
{
    public static InputNotes None { get; } =
        new(Required: false, Trimmed: false, Lenient: false, LoneFile: false, new Dictionary<string, RefusalAttribute>());
}
