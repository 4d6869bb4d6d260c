using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation;

/// <summary>Makes a title from the first words of a text.</summary>
internal static partial class TranslationTitle
{
    private const int Longest = 80;
    private const int LinesLookedAt = 200;

    public static string Of(TranslationInput input)
    {
        var title = new StringBuilder($"Translation to {input.TargetLanguage}");
        var words = FirstWords(input);
        if (words.Length == 0)
            return title.ToString();

        title.Append(": ");
        var elements = StringInfo.GetTextElementEnumerator(words);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (title.Length + element.Length > Longest - 1)
                return title.ToString().TrimEnd() + "…";
            title.Append(element);
        }

        return title.ToString();
    }

    private static string FirstWords(TranslationInput input) =>
        input.Format is TranslationFormat.Vtt or TranslationFormat.Json or TranslationFormat.Po
            ? FirstPiece(input)
            : FirstLine(input);

    // What comes first in such a file is no word of its text.
    private static string FirstPiece(TranslationInput input) =>
        input.Format.Segment(input.Text).FirstOrDefault(piece => piece.Translate)?.Plain(input.Text) is var (text, piece)
            ? Marks().Replace(text.AsSpan(piece.Span.Start, Math.Min(piece.Span.Length, 400)).ToString(), " ").Trim()
            : "";

    private static string FirstLine(TranslationInput input)
    {
        var lines = input.Text.AsSpan().EnumerateLines();
        var frontMatter = false;
        var count = 0;
        foreach (var line in lines)
        {
            if (++count > LinesLookedAt)
                break;
            // Front matter counts only at the very top.
            if (input.Format == TranslationFormat.Markdown && line.TrimEnd() is "---" && (count == 1 || frontMatter))
            {
                frontMatter = count == 1;
                continue;
            }

            if (frontMatter || (input.Format == TranslationFormat.Srt && line.Contains("-->", StringComparison.Ordinal)))
                continue;
            // A line may be megabytes long; its beginning is enough.
            var words = Marks().Replace(line[..Math.Min(line.Length, 400)].ToString(), " ").Trim();
            if (words.Any(char.IsLetter))
                return words;
        }

        return "";
    }

    // White space, controls, halves of pairs at the cut, and what begins a heading, a quote, a list or a fence.
    [GeneratedRegex(@"^[\s\uFEFF#>*+\-`|=]+|[\s\p{Cc}\p{Cf}\p{Cs}]+$|[\s\p{Cc}]+")]
    private static partial Regex Marks();
}
