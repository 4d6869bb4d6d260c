using System.Buffers;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Tags of JSX that begin a line and go over several, or have code among their attributes (MDX 3): no parser of Markdown
/// takes them for HTML, and their attributes are code.
/// </summary>
internal static class JsxTags
{
    private const int MostCharacters = 10_000;
    private static readonly SearchValues<char> Telling = SearchValues.Create("\"'`{}>\\");

    /// <summary>Where a tag ends that begins here; null where none does, or it is a plain tag on one line.</summary>
    public static int? EndOf(string text, int start)
    {
        if (start + 2 >= text.Length || text[start] != '<' || !(char.IsAsciiLetterUpper(text[start + 1]) || text[start + 1] == '>' || char.IsAsciiLetterLower(text[start + 1])))
            return null;
        var limit = Math.Min(text.Length, start + MostCharacters);
        var (position, depth) = (start + 1, 0);
        char? quote = null;
        while (position < limit && text.AsSpan(position, limit - position).IndexOfAny(Telling) is var offset and >= 0)
        {
            position += offset;
            var c = text[position];
            if (quote is not null && c == '\\')
                position++;
            else if (quote is not null)
                quote = c == quote ? null : quote;
            else if (c is '"' or '\'' or '`')
                quote = c;
            else if (c is '{' or '}')
                depth += c == '{' ? 1 : -1;
            else if (c == '>' && depth <= 0)
                return IsJsx(text.AsSpan(start, position - start)) ? position + 1 : null;
            position++;
        }

        return null;
    }

    private static bool IsJsx(ReadOnlySpan<char> tag) =>
        tag.ContainsAny('{', '\n', '\r') && !tag.Contains("\n\n", StringComparison.Ordinal) && (tag.Contains('{') || char.IsAsciiLetterUpper(tag[1]));
}
