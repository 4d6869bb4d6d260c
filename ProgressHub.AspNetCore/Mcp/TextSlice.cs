namespace ProgressHub.AspNetCore.Mcp;

/// <summary>A text that is too long for one answer, cut so that whoever reads it is told where it goes on.</summary>
internal static class TextSlice
{
    /// <summary>The text from a character on, as far as it may reach; where it is cut, a last line says how to read on.</summary>
    /// <param name="text">All of it.</param>
    /// <param name="uri">Where it is read; its position is the first character.</param>
    /// <param name="limit">The most characters, without that line.</param>
    public static string Of(string text, JobUri uri, int limit)
    {
        var start = (int)Math.Min(uri.Position, text.Length);
        var end = Math.Min(text.Length, start + limit);

        // Never between the halves of a character.
        if (end < text.Length && end > start && char.IsHighSurrogate(text[end - 1]))
            end--;
        return end == text.Length
            ? text[start..]
            : $"{text[start..end]}\n[Cut after {end:0} of {text.Length:0} characters. Read on at {uri with { Position = end }}]";
    }
}
