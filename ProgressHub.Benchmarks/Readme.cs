using System.Runtime.CompilerServices;

namespace ProgressHub.Benchmarks;

/// <summary>Keeps the last table in docs/benchmarks.md, between two markers.</summary>
internal static class Readme
{
    private const string Begin = "<!-- benchmarks -->";
    private const string End = "<!-- /benchmarks -->";

    public static void Save(ResultTable table, [CallerFilePath] string source = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(source)!, "..", "docs", "benchmarks.md");
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"docs/benchmarks.md has no {Begin} … {End}.");
        File.WriteAllText(path, $"{text[..(begin + Begin.Length)]}\n{table.ToMarkdown()}{text[end..]}");
    }
}
