namespace ProgressHub.Web.Components.Watching;

/// <summary>A piece of a line.</summary>
/// <param name="Text">What it says; text, never markup.</param>
/// <param name="IsStrong">Whether it is set in bold.</param>
public sealed record AnswerSpan(string Text, bool IsStrong);

/// <summary>A paragraph or a quotation.</summary>
/// <param name="IsQuote">Whether it is a quotation.</param>
/// <param name="Lines">Its lines.</param>
public sealed record AnswerBlock(bool IsQuote, IReadOnlyList<IReadOnlyList<AnswerSpan>> Lines);

/// <summary>
/// An answer for display: of Markdown only paragraphs, quotations and bold are understood, and all else stays the text it
/// is, so that nothing an answer says can become a link, an image or a script.
/// </summary>
internal static class CitedText
{
    private const string Rule = "---";
    private const string Strong = "**";

    public static IReadOnlyList<AnswerBlock> Parse(string text)
    {
        List<AnswerBlock> blocks = [];
        List<IReadOnlyList<AnswerSpan>> lines = [];
        var isQuote = false;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = raw.TrimEnd();
            var quotes = line.StartsWith('>');
            if (line.Length == 0 || line == Rule || quotes != isQuote)
                Close();
            isQuote = quotes;
            if (line.Length > 0 && line != Rule)
                lines.Add(Spans(quotes ? line[1..].TrimStart() : line));
        }

        Close();
        return blocks;

        void Close()
        {
            if (lines.Exists(line => line.Count > 0))
                blocks.Add(new AnswerBlock(isQuote, [.. lines]));
            lines.Clear();
        }
    }

    private static List<AnswerSpan> Spans(string line)
    {
        var parts = line.Split(Strong);

        // An odd mark stands for itself.
        if (parts.Length % 2 == 0)
            return [new AnswerSpan(line, IsStrong: false)];
        return [.. parts.Select((part, i) => new AnswerSpan(part, i % 2 == 1)).Where(span => span.Text.Length > 0)];
    }
}
