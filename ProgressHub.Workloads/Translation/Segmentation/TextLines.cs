namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>A line of the source.</summary>
/// <param name="Content">Without its end.</param>
/// <param name="Next">Where the next one begins.</param>
internal readonly record struct TextLine(Span Content, int Next)
{
    public bool IsBlank(string text) => Content.Of(text).Trim('\uFEFF').IsWhiteSpace();
}

/// <summary>Cuts at CRLF, LF and CR alike.</summary>
internal static class TextLines
{
    public static List<TextLine> Of(string text)
    {
        List<TextLine> lines = [];
        var position = 0;
        while (position < text.Length)
        {
            var offset = text.AsSpan(position).IndexOfAny('\r', '\n');
            var end = offset < 0 ? text.Length : position + offset;
            var next = end == text.Length ? end
                : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2
                : end + 1;
            lines.Add(new TextLine(new Span(position, end), next));
            position = next;
        }

        return lines;
    }
}
