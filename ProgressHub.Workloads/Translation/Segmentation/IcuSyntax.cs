using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Arguments of ICU MessageFormat that choose among texts (<c>{count, plural, one {# letter} other {# letters}}</c>): the
/// texts in their arms are words, all around them is syntax. Arms may hold further arguments.
/// </summary>
/// <remarks>Source: Unicode, "MessageFormat", https://unicode-org.github.io/icu/userguide/format_parse/messages/.</remarks>
internal sealed partial class IcuSyntax
{
    private const int MaxDepth = 20;

    // What is read in vain, within braces that never close, is read again from each brace: so much of it, and no more.
    private const int Rereadings = 30;

    private readonly string _text;
    private readonly int _limit;
    private readonly List<FixedSpan> _syntax = [];
    private int _budget;

    private IcuSyntax(string text, Span span)
    {
        _text = text;
        _limit = span.End;
        _budget = (span.Length + 1000) * Rereadings;
    }

    /// <summary>The syntax of all such arguments in a stretch, in order; none where the braces do not match.</summary>
    public static IReadOnlyList<FixedSpan> Find(string text, Span span)
    {
        if (span.Of(text).IndexOf('{') < 0)
            return [];
        var syntax = new IcuSyntax(text, span);
        syntax.FindAll(span.Start);
        return syntax._syntax;
    }

    private void FindAll(int position)
    {
        while (position < _limit && _budget > 0)
        {
            var head = Head().Match(_text, position, _limit - position);
            if (!head.Success)
                return;
            var before = _syntax.Count;
            if (Argument(head.Index, 0) is { } end)
            {
                position = end;
                continue;
            }

            _syntax.RemoveRange(before, _syntax.Count - before);
            position = head.Index + 1;
        }
    }

    /// <summary>Reads the argument that begins at a brace; null where there is none, or it does not end within bounds.</summary>
    private int? Argument(int start, int depth)
    {
        var head = HeadHere().Match(_text, start, _limit - start);
        if (depth > MaxDepth || !head.Success)
            return null;
        var isPlural = head.Groups[1].ValueSpan is not "select";
        var (open, position) = (start, start + head.Length);
        while (Arm().Match(_text, position, _limit - position) is { Success: true } arm)
        {
            position += arm.Length;
            _syntax.Add(new FixedSpan(new Span(open, position), FixedKind.Markup));
            if (Body(position, depth, isPlural) is not { } end)
                return null;
            (open, position) = (end, end + 1);
        }

        while (position < _limit && char.IsWhiteSpace(_text[position]))
            position++;
        if (position >= _limit || _text[position] != '}' || open == start)
            return null;
        _syntax.Add(new FixedSpan(new Span(open, position + 1), FixedKind.Markup));
        return position + 1;
    }

    /// <summary>Reads an arm's text up to the brace that ends it.</summary>
    private int? Body(int start, int depth, bool isPlural)
    {
        var open = 0;
        for (var i = start; i < _limit && _budget-- > 0; i++)
        {
            switch (_text[i])
            {
                case '\'' when i + 1 < _limit && _text[i + 1] is '{' or '}' or '#':
                    var close = _text.IndexOf('\'', i + 1, _limit - i - 1);
                    if (close < 0)
                        return null;
                    _syntax.Add(new FixedSpan(new Span(i, close + 1), FixedKind.Atom));
                    i = close;
                    break;
                case '{':
                    var before = _syntax.Count;
                    if (Argument(i, depth + 1) is { } end)
                    {
                        i = end - 1;
                        break;
                    }

                    _syntax.RemoveRange(before, _syntax.Count - before);
                    open++;
                    break;
                case '}' when open > 0:
                    open--;
                    break;
                case '}':
                    return i;
                case '#' when isPlural && open == 0:
                    _syntax.Add(new FixedSpan(new Span(i, i + 1), FixedKind.Atom));
                    break;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\{\s{0,20}[\w.-]{1,100}\s{0,20},\s{0,20}(?:plural|selectordinal|select)\s{0,20},")]
    private static partial Regex Head();

    [GeneratedRegex(@"\G\{\s{0,20}[\w.-]{1,100}\s{0,20},\s{0,20}(plural|selectordinal|select)\s{0,20},(?:\s{0,20}offset:\s{0,5}[0-9]{1,9})?")]
    private static partial Regex HeadHere();

    [GeneratedRegex(@"\G\s{0,200}(?:=[0-9]{1,9}|[\w-]{1,60})\s{0,200}\{")]
    private static partial Regex Arm();
}
