using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>Strings of PO catalogues, with their quotes: escapes as in C, a line of the file for each line of the words.</summary>
internal static partial class PoEscaping
{
    /// <summary>How a file writes its strings, with its own ends of lines.</summary>
    public static Escaping Of(string file)
    {
        var newLine = file.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return new Escaping(static quoted => Read(quoted[1..^1]), (words, _) => Write(words, newLine));
    }

    /// <summary>The words of a string without its quotes.</summary>
    public static string Read(string written) => Escape().Replace(written, static escape => escape.Value[1] switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        var other => other.ToString(),
    });

    private static string Write(string words, string newLine)
    {
        var lines = words.Split('\n');
        var quoted = lines.Index().Where(line => line.Index < lines.Length - 1 || line.Item.Length > 0)
            .Select(line => $"\"{Escaped(line.Item)}{(line.Index < lines.Length - 1 ? "\\n" : "")}\"").ToList();
        return quoted.Count == 1 ? quoted[0] : $"\"\"{newLine}{string.Join(newLine, quoted)}";
    }

    private static string Escaped(string line) => new StringBuilder(line)
        .Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\t", "\\t").Replace("\r", "\\r").ToString();

    [GeneratedRegex(@"\\.")]
    private static partial Regex Escape();
}
