using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>Scalars of YAML on one line (YAML 1.2.2, section 7.3): plain, or in single or double quotes.</summary>
internal static partial class YamlScalar
{
    private static readonly Escaping Double = new(
        static written => written.Contains('\\', StringComparison.Ordinal) && OtherEscape().IsMatch(written)
            ? null
            : written[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal),
        static (words, _) => DoubleQuoted(words));

    private static readonly Escaping Single = new(
        static written => written[1..^1].Replace("''", "'", StringComparison.Ordinal),
        static (words, _) => $"'{OneLine(words).Replace("'", "''", StringComparison.Ordinal)}'");

    private static readonly Escaping Plain = new(static written => written, static (words, _) => IsPlain(words) ? words : DoubleQuoted(words));

    /// <summary>How a scalar is written.</summary>
    public static Escaping Of(string written) => written[0] switch { '"' => Double, '\'' => Single, _ => Plain };

    private static string DoubleQuoted(string words) => new StringBuilder(OneLine(words))
        .Replace("\\", "\\\\").Replace("\"", "\\\"").Insert(0, '"').Append('"').ToString();

    private static string OneLine(string words) => words.ReplaceLineEndings(" ");

    private static bool IsPlain(string words) => !NotPlain().IsMatch(words);

    [GeneratedRegex("""^[\s"'\[\]{}>|*&!%@`#,?:-]|:\s|:$|\s#|[\r\n]|\s$""")]
    private static partial Regex NotPlain();

    [GeneratedRegex("""(?<!\\)(?:\\\\)*\\[^"\\]""")]
    private static partial Regex OtherEscape();
}
