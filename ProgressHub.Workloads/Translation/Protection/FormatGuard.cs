using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Protection;

/// <summary>Keeps an engine's words from becoming structure that the source does not have there.</summary>
/// <param name="source">The masked source.</param>
/// <param name="answer">The masked answer.</param>
/// <returns>The answer, harmless; unchanged where it is the source.</returns>
internal delegate string FormatGuard(string source, string answer);

/// <summary>The guards of the formats.</summary>
internal static partial class FormatGuards
{
    private const string MarkdownSpecials = "\\*_`[]<|~";

    public static FormatGuard For(TranslationFormat format) => format switch
    {
        TranslationFormat.Markdown => Markdown,
        TranslationFormat.Srt => Cue,
        TranslationFormat.Vtt => static (source, answer) => Cue(source, Tags(source, answer)),
        _ => static (_, answer) => answer,
    };

    /// <summary>
    /// The source's markup is all masked, so more special characters in the answer than in the source are the engine's
    /// own: they are escaped. So is what would make a line a heading, a list or a quote.
    /// </summary>
    private static string Markdown(string source, string answer)
    {
        foreach (var special in MarkdownSpecials)
        {
            if (answer.Count(c => c == special) > source.Count(c => c == special))
                answer = answer.Replace(special.ToString(), $"\\{special}", StringComparison.Ordinal);
        }

        var sourceLines = source.Split('\n');
        var result = new StringBuilder();
        foreach (var (index, line) in answer.Split('\n').Index())
        {
            if (index > 0)
                result.Append('\n');
            var looked = index < sourceLines.Length && BlockStart().IsMatch(sourceLines[index]);
            result.Append(looked ? line : BlockStart().Replace(line, "$1\\$2"));
        }

        return result.ToString();
    }

    /// <summary>An arrow would make a line a timestamp.</summary>
    private static string Cue(string source, string answer) => source.Contains("-->", StringComparison.Ordinal)
        ? answer
        : answer.Replace("-->", "→", StringComparison.Ordinal);

    /// <summary>A bracket or an ampersand of the engine's own would begin a tag or a character reference of WebVTT.</summary>
    private static string Tags(string source, string answer) => source.AsSpan().ContainsAny('<', '&')
        ? answer
        : answer.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    [GeneratedRegex(@"^(\s*[0-9]{0,9})([-+>#=:.)](?=\s|$|[-=>#]))")]
    private static partial Regex BlockStart();
}
