using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>The tools: each workload of this server under its kind, and those by which an agent handles its jobs.</summary>
internal sealed class ToolList
{
    private const int PageSize = 50;
    private readonly Tool[] _tools;

    public ToolList(WorkloadCatalog workloads)
    {
        var kinds = workloads.All.Select(w => w.Descriptor).OrderBy(w => w.Kind, StringComparer.Ordinal).Select(Of).ToArray();

        // A host may have a workload of such a name; it was there first.
        _tools = [.. kinds, .. JobTools.Tools.Where(tool => kinds.All(kind => kind.Name != tool.Name))];
    }

    /// <summary>A page of them.</summary>
    /// <param name="cursor">Where it begins: the name of the last tool of the page before; null for the first.</param>
    /// <returns>Null where there is no such cursor.</returns>
    public ListToolsResult? Page(string? cursor)
    {
        var start = cursor is null ? 0 : Array.FindIndex(_tools, tool => tool.Name == cursor) + 1;
        if (start == 0 && cursor is not null)
            return null;
        var end = Math.Min(_tools.Length, start + PageSize);
        return new ListToolsResult { Tools = _tools[start..end], NextCursor = end < _tools.Length ? _tools[end - 1].Name : null };
    }

    private static Tool Of(WorkloadDescriptor workload) => new()
    {
        Name = workload.Kind,
        Title = workload.Label,
        Description = Describe(workload),
        InputSchema = AsObjectSchema(workload.InputSchema),
        Annotations = new ToolAnnotations { Title = workload.Label, DestructiveHint = false, IdempotentHint = false, ReadOnlyHint = false },
    };

    private static string Describe(WorkloadDescriptor workload)
    {
        var text = workload.Description;
        if (workload.FileInput is { } file)
            text += $" Its files go into '{file}' by their ids: upload each with the tool {JobTools.Upload}, or over HTTP where it is large.";
        if (workload.IsRemote)
        {
            text += " The work is done by a program of yours: the call answers at once with the job's id and the token to report "
                + $"with. Follow the job with the tool {JobTools.Status}.";
        }

        return text;
    }

    // MCP wants a schema to say that it is of an object; a workload's input always is.
    private static JsonElement AsObjectSchema(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueEquals("object"u8))
            return schema;
        var known = schema.ValueKind == JsonValueKind.Object ? JsonObject.Create(schema)! : [];
        known["type"] = "object";
        return JsonElement.Parse(known.ToJsonString());
    }
}
