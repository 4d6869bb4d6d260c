namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>A token of Whisper's with its time, in seconds.</summary>
internal readonly record struct TimedToken(string Text, double Start, double End);

/// <summary>
/// Makes words of Whisper's tokens. A token is a piece of a word, with a space before the first; in writing without spaces
/// it is some characters, and of a rare character a part of its bytes, which read as U+FFFD.
/// </summary>
internal static class WhisperWords
{
    private const char Broken = '\uFFFD';

    /// <summary>The words of a segment.</summary>
    /// <param name="text">All that is said, from which characters come whose bytes are in several tokens.</param>
    /// <param name="tokens">Its tokens, without those that stand for no text.</param>
    public static IReadOnlyList<SpokenWord> Of(string text, IEnumerable<TimedToken> tokens)
    {
        List<SpokenWord> words = [];
        foreach (var piece in Pieces(text, [.. tokens]))
        {
            if (words.Count > 0 && !BeginsWord(piece.Text, words[^1].Text))
                words[^1] = words[^1] with { Text = words[^1].Text + piece.Text, End = Math.Max(words[^1].End, piece.End) };
            else
                words.Add(new SpokenWord(piece.Text, piece.Start, Math.Max(piece.Start, piece.End)));
        }

        return [.. words.Select(w => w with { Text = w.Text.Trim() }).Where(w => w.Text.Length > 0)];
    }

    /// <summary>The tokens, those together that only together are text.</summary>
    private static IEnumerable<TimedToken> Pieces(string text, TimedToken[] tokens)
    {
        var at = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!tokens[i].Text.Contains(Broken, StringComparison.Ordinal))
            {
                var found = text.IndexOf(tokens[i].Text, at, StringComparison.Ordinal);
                at = found < 0 ? at : found + tokens[i].Text.Length;
                yield return tokens[i];
                continue;
            }

            var first = i;
            while (i + 1 < tokens.Length && tokens[i + 1].Text.Contains(Broken, StringComparison.Ordinal))
                i++;
            var end = i + 1 < tokens.Length && tokens[i + 1].Text.Length > 0 ? text.IndexOf(tokens[i + 1].Text, at, StringComparison.Ordinal) : text.Length;
            if (end <= at)
                continue;
            yield return new TimedToken(text[at..end], tokens[first].Start, tokens[i].End);
            at = end;
        }
    }

    private static bool BeginsWord(string piece, string before) =>
        piece.StartsWith(' ') || before.EndsWith(' ')
        || (IsWithoutSpaces(piece, last: false) && !IsMark(piece)) || (IsWithoutSpaces(before, last: true) && !IsMark(piece));

    private static bool IsMark(string piece) => piece.All(c => char.IsPunctuation(c) || char.IsSymbol(c));

    // Chinese, Japanese, Thai, Lao, Burmese and Khmer put no spaces between words.
    private static bool IsWithoutSpaces(string text, bool last)
    {
        var rune = last ? text.EnumerateRunes().LastOrDefault() : text.EnumerateRunes().FirstOrDefault();
        return rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
            or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
    }
}
