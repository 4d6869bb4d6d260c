using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// A Markdown text of the same length in which what the parser does not know stands so that it does no harm: imports and
/// exports and tags of MDX, front matter of TOML, alerts and admonitions (GitHub, Obsidian, Docusaurus, MkDocs). Whatever the parser
/// finds in it stands in the source at the same place.
/// </summary>
internal sealed partial class MarkdownShadow
{
    private readonly string _text;
    private readonly char[] _shadow;
    private readonly List<Span> _titles = [];
    private readonly Stack<int> _admonitions = new();
    private string? _fence;
    private bool _inModule;
    private int _endOfTag;

    private MarkdownShadow(string text)
    {
        _text = text;
        _shadow = text.ToCharArray();
        var lines = TextLines.Of(text);
        var previousIsBlank = true;
        for (var i = EndOfFrontMatter(lines); i < lines.Count; i++)
        {
            Read(lines[i], previousIsBlank);
            previousIsBlank = lines[i].IsBlank(text);
        }
    }

    /// <summary>What to parse.</summary>
    public string Text => new(_shadow);

    /// <summary>The front matter that is in TOML; empty where there is none.</summary>
    public Span FrontMatter { get; private set; }

    /// <summary>Titles of alerts and admonitions, which the parser does not see.</summary>
    public IReadOnlyList<Span> Titles => _titles;

    public static MarkdownShadow Of(string text) => new(text);

    private void Read(TextLine line, bool previousIsBlank)
    {
        if (line.IsBlank(_text))
        {
            _inModule &= OpenBrackets(line.Content.Start) > 0;
            return;
        }

        IndentAdmonition(line);
        if (IsCode(line))
            return;
        if (IsInTag(line))
            return;
        if (_inModule || (previousIsBlank && Module().IsMatch(_text.AsSpan(line.Content.Start, line.Content.Length))))
        {
            _inModule = true;
            Blank(line.Content);
            return;
        }

        if (Match(MdxComment(), line) is not null || Match(MdxExpression(), line) is not null || Match(Contents(), line) is not null)
            Blank(line.Content);
        else if (Match(Alert(), line) is { } alert)
            BlankTitled(alert, keepUntil: alert.Groups["mark"].Index);
        else if (Match(Container(), line) is { } container)
            AddTitle(container);
        else if (Match(Admonition(), line) is { } admonition)
        {
            _admonitions.Push(admonition.Groups["mark"].Index - line.Content.Start);
            BlankTitled(admonition, keepUntil: admonition.Groups["mark"].Index);
        }
    }

    // The body of an admonition is indented by four, which would be code: it is made a quote, which nests alike.
    private void IndentAdmonition(TextLine line)
    {
        var content = line.Content.Of(_text);
        var indent = content.Length - content.TrimStart(' ').Length;
        while (_admonitions.TryPeek(out var column) && indent < column + 4)
            _admonitions.Pop();
        foreach (var column in _admonitions)
        {
            _shadow[line.Content.Start + column] = '>';
        }

        // Four blanks behind a quote mark would be code once more.
        if (_admonitions.Count > 0)
            _shadow[line.Content.Start + _admonitions.Peek() + 1] = ' ';
    }

    private bool IsCode(TextLine line)
    {
        var content = line.Content.Of(_text).Trim();
        if (_fence is { } open)
        {
            if (content.StartsWith(open, StringComparison.Ordinal) && content.Trim(open[0]).IsEmpty)
                _fence = null;
            return true;
        }

        content = content.TrimStart("> \t");
        if (!content.StartsWith("```", StringComparison.Ordinal) && !content.StartsWith("~~~", StringComparison.Ordinal))
            return false;
        _fence = content[..(content.Length - content.TrimStart(content[0]).Length)].ToString();
        return true;
    }

    // A tag's lines are blank; words behind its end are a line of their own.
    private bool IsInTag(TextLine line)
    {
        var start = line.Content.Start + (line.Content.Length - line.Content.Of(_text).TrimStart(' ').Length);
        if (_endOfTag <= line.Content.Start)
            _endOfTag = JsxTags.EndOf(_text, start) ?? 0;
        if (_endOfTag <= line.Content.Start)
            return false;
        Blank(new Span(line.Content.Start, Math.Min(_endOfTag, line.Content.End)));
        return true;
    }

    private int EndOfFrontMatter(List<TextLine> lines)
    {
        if (lines.Count == 0 || !lines[0].Content.Of(_text).TrimEnd().SequenceEqual("+++"))
            return 0;
        for (var i = 1; i < lines.Count; i++)
        {
            if (!lines[i].Content.Of(_text).TrimEnd().SequenceEqual("+++"))
                continue;
            foreach (var line in lines[..(i + 1)])
                Blank(line.Content);
            FrontMatter = new Span(lines[0].Content.Start, lines[i].Content.End);
            return i + 1;
        }

        return 0;
    }

    // Brackets of the module's code before a blank line: where some are open, it goes on behind it.
    private int OpenBrackets(int end)
    {
        if (!_inModule)
            return 0;
        var start = Math.Max(0, end - 20_000);
        return _text.AsSpan(start, end - start).Count('{') - _text.AsSpan(start, end - start).Count('}');
    }

    private void BlankTitled(Match match, int keepUntil)
    {
        AddTitle(match);
        Blank(new Span(keepUntil, match.Index + match.Length));
    }

    private void AddTitle(Match match)
    {
        if (match.Groups["title"] is { Success: true } title)
            _titles.Add(new Span(title.Index, title.Index + title.Length));
    }

    private void Blank(Span span) => _shadow.AsSpan(span.Start, span.Length).Fill(' ');

    private Match? Match(Regex regex, TextLine line) =>
        regex.Match(_text, line.Content.Start, line.Content.Length) is { Success: true } match ? match : null;

    [GeneratedRegex("""
        ^(?:import\s+(?:[\w{*"'][^\r\n]*\bfrom\s*["'][^"'\r\n]+["']|["'][^"'\r\n]+["']|\{\s*$|[\w$]+\s*,\s*\{\s*$)
        |export\s+(?:default\b|const\s|let\s|var\s|function\b|async\s+function\b|class\s|\{|\*))
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Module();

    [GeneratedRegex(@"\G\s*\{/\*.*\*/\}\s*$")]
    private static partial Regex MdxComment();

    // Where a table of contents is to be made.
    [GeneratedRegex(@"\G\s*\[\[?_?TOC_?\]?\]\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Contents();

    // Code of its own line; a message of ICU looks alike and has words.
    [GeneratedRegex(@"\G\s*\{(?!\s*\w+\s*,\s*(?:plural|select|selectordinal)\b)(?=[^\r\n]{0,2000}(?:=>|&&|\|\||\w\())[^\r\n]{0,2000}\}\s*$")]
    private static partial Regex MdxExpression();

    [GeneratedRegex(@"\G[ \t]*(?:>[ \t]?)+(?<mark>\[![\w-]{1,40}\])[+-]?(?:[ \t]+(?<title>[^\r\n]*\S))?[ \t]*")]
    private static partial Regex Alert();

    [GeneratedRegex(@"\G[ \t]*:{3,}[ \t]*[\w-]{1,40}(?:[ \t]*\[(?<title>[^\]\r\n]{1,300})\]|[ \t]+(?<title>[^\s{\[][^{\r\n]*))?")]
    private static partial Regex Container();

    [GeneratedRegex(@"\G[ \t>]*(?<mark>(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+(?:[\w-]{1,40}[ \t]*){0,5}(?:""(?<title>[^""\r\n]*)"")?)[ \t]*(?=[\r\n]|\z)")]
    private static partial Regex Admonition();
}
