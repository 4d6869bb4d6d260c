namespace ProgressHub.Web.Components.Uploading;

/// <summary>
/// What a field of files takes, as its <c>accept</c> says it (HTML, 4.10.5.1.17). A browser's picker only suggests it;
/// here it is kept to also for what is dropped or pasted, before anything is sent.
/// </summary>
internal static class AcceptRule
{
    /// <summary>Whether a file is of a type that is taken. One whose type nobody knows is: its content tells later.</summary>
    public static bool Allows(string? accept, string name, string? type)
    {
        if (string.IsNullOrWhiteSpace(accept) || string.IsNullOrEmpty(type))
            return true;
        return accept.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(rule =>
            rule.StartsWith('.') ? name.EndsWith(rule, StringComparison.OrdinalIgnoreCase)
            : rule.EndsWith("/*", StringComparison.Ordinal) ? type.StartsWith(rule[..^1], StringComparison.OrdinalIgnoreCase)
            : rule.Equals(type, StringComparison.OrdinalIgnoreCase));
    }
}
