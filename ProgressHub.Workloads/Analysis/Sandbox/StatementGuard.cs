using System.Collections.Immutable;
using System.Text.Json;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sandbox;

/// <summary>
/// Decides by a statement's syntax tree (DuckDB's <c>json_serialize_sql</c>) what it may do: read the one table, call known
/// functions, nothing else. Every kind of node must be known; what a later DuckDB brings is refused.
/// </summary>
internal static class StatementGuard
{
    private static readonly HashSet<string> QueryNodes = ["SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE"];
    private static readonly HashSet<string> Tables = ["BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "EXPRESSION_LIST"];

    private static readonly HashSet<string> Expressions =
        ["BETWEEN", "CASE", "CAST", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "DEFAULT", "FUNCTION", "OPERATOR", "STAR", "SUBQUERY", "WINDOW", "COLLATE", "POSITIONAL_REFERENCE"];

    /// <summary>Why the statement may not run; null where it may.</summary>
    /// <param name="tree">What <c>json_serialize_sql</c> gave.</param>
    /// <param name="sql">The statement, for what the tree does not say of those that are none.</param>
    public static string? Refusal(JsonElement tree, string sql)
    {
        if (tree.GetProperty("error").GetBoolean())
        {
            var message = tree.GetProperty("error_message").GetString() ?? "";
            return message.StartsWith("Only SELECT", StringComparison.Ordinal) ? Otherwise(sql) : $"can't be compiled: {message}";
        }

        var statements = tree.GetProperty("statements");
        return statements.GetArrayLength() switch
        {
            0 => "is empty",
            1 => Look(statements[0], ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase)),
            _ => "is more than one statement",
        };
    }

    private static string Otherwise(string sql) => sql.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries)[0].ToUpperInvariant() switch
    {
        "ATTACH" => "attaches a database",
        "PRAGMA" => "has a PRAGMA",
        _ => "does something else than reading",
    };

    private static string? Look(JsonElement node, ImmutableHashSet<string> named)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in node.EnumerateArray())
                {
                    if (Look(item, named) is { } refusal)
                        return refusal;
                }

                return null;
            case JsonValueKind.Object:
                return LookAt(node, named);
            default:
                return null;
        }
    }

    private static string? LookAt(JsonElement node, ImmutableHashSet<string> named)
    {
        var isExpression = node.TryGetProperty("class", out var expression);
        var type = node.TryGetProperty("type", out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : "";
        if (isExpression && OfExpression(node, expression.GetString()!) is { } bad)
            return bad;
        if (!isExpression && OfOther(node, type, named) is { } wrong)
            return wrong;

        // A value is data, whatever it looks like.
        if (isExpression && expression.GetString() == "CONSTANT")
            return null;
        named = WithNames(node, named, out var common);
        return common ?? node.EnumerateObject().Where(p => p.Name != "cte_map").Select(p => Look(p.Value, named)).FirstOrDefault(r => r is not null);
    }

    private static string? OfExpression(JsonElement node, string kind) => kind switch
    {
        "PARAMETER" => "has parameters",
        "FUNCTION" or "WINDOW" => OfFunction(node),
        _ when Expressions.Contains(kind) => null,
        _ => $"has an expression of the kind {kind}, which is not allowed",
    };

    private static string? OfFunction(JsonElement node)
    {
        var name = Text(node, "function_name");
        // The parser itself writes where the escape of a LIKE is.
        var isEscape = name.EndsWith("like_escape", StringComparison.Ordinal) && Text(node, "schema") is "main" or "pg_catalog" && Text(node, "catalog") is "" or "system";
        if (!isEscape && (Text(node, "schema").Length > 0 || Text(node, "catalog").Length > 0))
            return $"calls {name}() of a schema, which is not allowed";
        var isSign = node.TryGetProperty("is_operator", out var sign) && sign.GetBoolean();
        return AllowedFunctions.Names.Contains(name) || AllowedFunctions.Signs.Contains(name) ? null
            : isSign ? $"uses {name}, which is not allowed" : $"calls {name}(), which is not allowed";
    }

    private static string? OfOther(JsonElement node, string type, ImmutableHashSet<string> named)
    {
        if (node.TryGetProperty("cte_map", out _) || type.EndsWith("_NODE", StringComparison.Ordinal))
            return type == "RECURSIVE_CTE_NODE" ? "is recursive" : QueryNodes.Contains(type) ? null : "does something else than reading";
        if (!node.TryGetProperty("alias", out _) || !node.TryGetProperty("sample", out _))
            return null;
        if (type == "TABLE_FUNCTION")
            return node.TryGetProperty("function", out var call) ? $"reads {Text(call, "function_name")}(), and there is only the table '{TableProfile.Table}'" : "calls a table function";
        if (!Tables.Contains(type))
            return $"reads from a {type}, which is not allowed";
        return type != "BASE_TABLE" ? null : OfTable(node, named);
    }

    private static string? OfTable(JsonElement node, ImmutableHashSet<string> named)
    {
        var name = Text(node, "table_name");
        var isQualified = Text(node, "schema_name").Length > 0 || Text(node, "catalog_name").Length > 0;
        return !isQualified && (name.Equals(TableProfile.Table, StringComparison.OrdinalIgnoreCase) || named.Contains(name))
            ? null : $"reads '{name}', and there is only the table '{TableProfile.Table}'";
    }

    // Common tables are known below the node that names them, each to those after it too.
    private static ImmutableHashSet<string> WithNames(JsonElement node, ImmutableHashSet<string> named, out string? refusal)
    {
        refusal = null;
        if (!node.TryGetProperty("cte_map", out var common) || !common.TryGetProperty("map", out var map))
            return named;
        foreach (var entry in map.EnumerateArray())
        {
            refusal ??= Look(entry.GetProperty("value"), named);
            named = named.Add(Text(entry, "key"));
        }

        return named;
    }

    private static string Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
