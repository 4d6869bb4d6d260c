using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The files that an input names, where its workload takes any.</summary>
internal static class FileInputs
{
    /// <summary>Their ids, as they stand there.</summary>
    /// <exception cref="WorkloadException"><c>invalid_input</c>, <c>too_many_files</c>.</exception>
    public static IReadOnlyList<string> Of(WorkloadDescriptor workload, JsonElement input)
    {
        if (workload.FileInput is not { } property || input.ValueKind != JsonValueKind.Object)
            return [];

        // In whatever case it is written: a workload reads it that way, and nobody's file is to pass unchecked.
        var ids = new List<JsonElement>();
        foreach (var member in input.EnumerateObject())
        {
            if (!string.Equals(InputText.NameOf(member, ""), property, StringComparison.OrdinalIgnoreCase))
                continue;
            if (member.Value.ValueKind == JsonValueKind.Array)
                ids.AddRange(member.Value.EnumerateArray());
            else if (member.Value.ValueKind != JsonValueKind.Null)
                ids.Add(member.Value);
        }

        if (ids.Any(id => id.ValueKind != JsonValueKind.String))
            throw Refuse("invalid_input", $"'{property}' is the id of an uploaded file, or a list of such ids.", property);
        if (ids.Count > workload.MaxFiles)
        {
            throw Refuse(
                "too_many_files",
                workload.MaxFiles == 1 ? "A job of this kind takes one file." : $"A job of this kind takes at most {workload.MaxFiles} files.",
                property);
        }

        return [.. ids.Select(id => InputText.Of(id, $"input.{property}"))];
    }

    /// <summary>There is no such file, or it is somebody else's; nobody is told which.</summary>
    public static WorkloadException Unknown(WorkloadDescriptor workload, string id) => Refuse(
        "unknown_file", $"There is no uploaded file '{(id.Length <= 64 ? id : id[..64])}'.", workload.FileInput!);

    private static WorkloadException Refuse(string code, string message, string property) =>
        new(code, message) { Property = $"input.{property}" };
}
