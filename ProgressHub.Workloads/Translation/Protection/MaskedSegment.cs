using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Workloads.Translation.Protection;

/// <summary>
/// A piece as an engine sees it: what is fixed stands as <c>⟦0⟧</c>, <c>⟦1⟧</c>, … and line breaks are bare. Neither mark
/// occurs in the source's own words, for those are fixed too where they do.
/// </summary>
internal sealed partial class MaskedSegment
{
    // A translation may well be twice as long; ten times is an engine that talks.
    private const int MostGrowth = 10;
    private const int FreeGrowth = 500;

    private readonly List<(string Text, FixedKind Kind)> _tokens = [];
    private readonly List<string> _breaks = [];

    private readonly Func<string, string> _write;

    private MaskedSegment(string source, Piece whole)
    {
        var (text, piece) = whole.Plain(source);
        _write = Writer(source, whole, text, piece);
        var (start, end) = Trim(text, piece.Span);
        var masked = new StringBuilder();
        var position = start;
        foreach (var (span, kind) in ProtectedText.FixedOf(text, piece with { Span = new Span(start, end) }))
        {
            Append(masked, text.AsSpan(position, span.Start - position));
            Append(masked, text[span.Start..span.End], kind);
            position = span.End;
        }

        Append(masked, text.AsSpan(position, end - position));
        Text = masked.ToString();
    }

    /// <summary>What the engine is given.</summary>
    public string Text { get; }

    public static MaskedSegment Of(string source, Piece piece) => new(source, piece);

    /// <summary>Puts back what is fixed.</summary>
    /// <param name="answer">What the engine made of <see cref="Text"/>.</param>
    /// <param name="guard">What the format does not allow.</param>
    /// <param name="restored">The translation; as good as the source where the answer is the text itself.</param>
    /// <returns>What is wrong with the answer, in words an engine understands too; null where nothing is.</returns>
    public string? Restore(string answer, FormatGuard guard, out string restored)
    {
        restored = "";
        var tidy = guard(Text, Tidy(WithMarks(answer)));
        if (tidy.Length == 0)
            return "a segment came back empty";
        if (tidy.Length > (Text.Length * MostGrowth) + FreeGrowth)
            return "a segment came back far longer than it went";

        var seen = new bool[_tokens.Count];
        var lastMarkup = -1;
        var result = new StringBuilder();
        var breaks = 0;
        var position = 0;
        foreach (Match match in Token().Matches(tidy))
        {
            AppendWords(result, tidy.AsSpan(position, match.Index - position), ref breaks);
            position = match.Index + match.Length;

            var index = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (index >= seen.Length)
                return $"⟦{index}⟧ came back though it was never sent";
            if (seen[index])
                return $"⟦{index}⟧ came back twice";
            seen[index] = true;
            if (_tokens[index].Kind == FixedKind.Markup && index < lastMarkup)
                return $"⟦{index}⟧ came back after ⟦{lastMarkup}⟧";
            if (_tokens[index].Kind == FixedKind.Markup)
                lastMarkup = index;
            result.Append(_tokens[index].Text);
        }

        AppendWords(result, tidy.AsSpan(position), ref breaks);
        var lost = Array.IndexOf(seen, false);
        if (lost >= 0)
            return $"⟦{lost}⟧ is missing";
        restored = _write(result.ToString());
        return null;
    }

    /// <summary>Escaped words have their white space at the ends written as it was, and unchanged words as they were.</summary>
    private static Func<string, string> Writer(string source, Piece whole, string text, Piece piece)
    {
        if (whole.Escaping is not { } escaping)
            return static words => words;
        var (start, end) = Trim(text, piece.Span);
        var written = source[whole.Span.Start..whole.Span.End];
        return words => words == text[start..end] && whole.Words is null
            ? written
            : escaping.Write(string.Concat(text.AsSpan(0, start), words, text.AsSpan(end)), written);
    }

    private static (int Start, int End) Trim(string text, Span span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return (start, end);
    }

    private void Append(StringBuilder masked, string text, FixedKind kind)
    {
        if (kind != FixedKind.Break)
        {
            masked.Append(CultureInfo.InvariantCulture, $"⟦{_tokens.Count}⟧");
            _tokens.Add((text, kind));
            return;
        }

        // Blanks around a break belong to it: engines don't keep them.
        var end = masked.Length;
        while (end > 0 && masked[end - 1] is ' ' or '\t')
            end--;
        text = masked.ToString(end, masked.Length - end) + text;
        masked.Length = end;
        if (end > 0 && masked[end - 1] == '\n')
        {
            _breaks[^1] += text;
            return;
        }

        masked.Append('\n');
        _breaks.Add(text);
    }

    private void Append(StringBuilder masked, ReadOnlySpan<char> words)
    {
        if (masked.Length > 0 && masked[^1] == '\n')
        {
            var rest = words.TrimStart(" \t");
            _breaks[^1] += words[..^rest.Length].ToString();
            words = rest;
        }

        masked.Append(words);
    }

    /// <summary>The nth break of the answer is the nth of the source.</summary>
    private void AppendWords(StringBuilder result, ReadOnlySpan<char> words, ref int breaks)
    {
        foreach (var c in words)
        {
            if (c == '\n')
                result.Append(_breaks[breaks++]);
            else
                result.Append(c);
        }
    }

    /// <summary>Models write the marks with the brackets they know; where the source has no such thing it is the mark.</summary>
    private string WithMarks(string answer) => OtherMark().Replace(answer, mark =>
    {
        var token = $"⟦{mark.Groups[1].ValueSpan.TrimStart('0') switch { "" => "0", var digits => digits }}⟧";
        return Text.Contains(token, StringComparison.Ordinal) && !answer.Contains(token, StringComparison.Ordinal)
            && !Text.Contains(mark.Value, StringComparison.Ordinal)
            ? token
            : mark.Value;
    });

    private string Tidy(string answer)
    {
        // A break more than the source has is a space.
        var breaks = 0;
        var tidy = Breaks().Replace(answer.Trim(), _ => breaks++ < _breaks.Count ? "\n" : " ");
        // Engines that drop a word leave both of its blanks.
        return Text.Contains("  ", StringComparison.Ordinal) ? tidy : Blanks().Replace(tidy, " ");
    }

    [GeneratedRegex(@"(?:\[\[?|\{\{?|\(\(?|<|【|〚|⟨|《|«)\s{0,3}([0-9]{1,6})\s{0,3}(?:\]\]?|\}\}?|\)\)?|>|】|〛|⟩|》|»)")]
    private static partial Regex OtherMark();

    [GeneratedRegex(@"⟦\s{0,3}([0-9]{1,6})\s{0,3}⟧")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<![ \t])[ \t]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*[ \t]*")]
    private static partial Regex Breaks();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
