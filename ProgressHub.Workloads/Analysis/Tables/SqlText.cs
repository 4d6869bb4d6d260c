namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>How names and texts stand in SQL.</summary>
internal static class SqlText
{
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Value(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
