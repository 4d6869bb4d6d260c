using System.Diagnostics.CodeAnalysis;

namespace ProgressHub.Core.Events;

/// <summary>Bounds for the text in events, so that no handler and no user can make one event huge.</summary>
public static class EventText
{
    /// <summary>The longest line: a title, a message or a line of the log, in UTF-16 units.</summary>
    public const int MaxLine = 2000;

    /// <summary>One line: line breaks and control characters become blanks, and what is too long is cut.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Line(string? text, int maxLength = MaxLine)
    {
        if (text is null)
            return null;
        if (text.Length > maxLength)
            text = string.Concat(text.AsSpan(0, CutBefore(text, maxLength - 1)), "…");
        return text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f')
            ? text
            : string.Create(text.Length, text, static (target, source) =>
            {
                for (var i = 0; i < source.Length; i++)
                    target[i] = char.IsControl(source[i]) ? ' ' : source[i];
            });
    }

    private static int CutBefore(string text, int length) =>
        char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
