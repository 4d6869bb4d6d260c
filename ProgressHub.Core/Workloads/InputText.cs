using System.Text.Json;

namespace ProgressHub.Core.Workloads;

/// <summary>Texts as they stand in JSON, where half of a surrogate pair may be written as an escape.</summary>
internal static class InputText
{
    /// <exception cref="WorkloadException"><c>invalid_text</c>: it is not valid Unicode.</exception>
    public static string Of(JsonElement value, string path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw Invalid(path, exception);
        }
    }

    /// <summary>The name of a property of the object at a path; empty for the input itself.</summary>
    /// <inheritdoc cref="Of"/>
    public static string NameOf(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException exception)
        {
            throw Invalid(path.Length > 0 ? path : "input", exception);
        }
    }

    private static WorkloadException Invalid(string path, Exception exception) => new(
        "invalid_text", $"'{path}' is not valid Unicode: it has half of a surrogate pair.", exception) { Property = path };
}
