using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>Bounds for the text in events, so that no handler and no user can make one event huge.</summary>
internal static class EventText
{
    /// <summary>The longest line: a title or a message of the progress, in UTF-16 units.</summary>
    public const int MaxLine = 2000;

    /// <summary>The longest message of the log, in UTF-16 units: a stack trace fits in.</summary>
    public const int MaxMessage = 8000;

    private static readonly SearchValues<char> ColourParameters = SearchValues.Create("0123456789;:");

    /// <summary>One line: line breaks and control characters become blanks, those that turn text round go, and what is too long is cut.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Line(string? text, int maxLength = MaxLine)
    {
        if (text is null)
            return null;
        text = TextDirection.Without(text);
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

    /// <summary>
    /// A message of the log: its line ends (as <c>\n</c>), its tabs and the colours of a terminal stay (ECMA-48, 8.3.117
    /// SGR). Other control characters become blanks, so that nothing can take over a terminal it is shown in.
    /// </summary>
    public static string Message(string text)
    {
        if (text.Length > MaxMessage)
            text = string.Concat(text.AsSpan(0, CutBefore(text, MaxMessage - 1)), "…");
        if (text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 && !text.AsSpan().ContainsAnyInRange('\x7f', '\x9f'))
            return text;

        var message = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
                message.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            else
                message.Append(char.IsControl(c) && c is not ('\n' or '\t') && !IsColour(text.AsSpan(i)) ? ' ' : c);
        }

        return message.ToString();
    }

    private static bool IsColour(ReadOnlySpan<char> text)
    {
        if (text is not ['\x1b', '[', .. var parameters])
            return false;
        var end = parameters.IndexOfAnyExcept(ColourParameters);
        return end >= 0 && parameters[end] == 'm';
    }

    private static int CutBefore(string text, int length) =>
        char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
}
