using System.Text.RegularExpressions;

namespace ProgressHub.Web.Localization;

/// <summary>A message with the places <c>{0}</c>, <c>{1}</c>, … in it, each once and in this order, by which one that was filled is known again.</summary>
internal sealed partial class MessageForm(string text)
{
    private readonly string[] _words = Place().Split(text);

    /// <summary>The message with its places.</summary>
    public string Text { get; } = text;

    /// <summary>How many letters stand in it beside its places.</summary>
    public int Length { get; } = Place().Replace(text, "").Length;

    /// <summary>
    /// What fills the places of a message; null where it is not of this form. Each place but the last takes as little as it
    /// can: in one look from left to right, however long the message is.
    /// </summary>
    public object?[]? TryRead(string message)
    {
        var (first, last) = (_words[0], _words[^1]);
        if (_words.Length == 1)
            return message == first ? [] : null;
        if (message.Length < first.Length + last.Length
            || !message.StartsWith(first, StringComparison.Ordinal) || !message.EndsWith(last, StringComparison.Ordinal))
        {
            return null;
        }

        var values = new object?[_words.Length - 1];
        var (from, end) = (first.Length, message.Length - last.Length);
        for (var i = 1; i < _words.Length - 1; i++)
        {
            var at = message.AsSpan(from, end - from).IndexOf(_words[i], StringComparison.Ordinal);
            if (at < 0)
                return null;
            values[i - 1] = message.Substring(from, at);
            from += at + _words[i].Length;
        }

        values[^1] = message[from..end];
        return values;
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
