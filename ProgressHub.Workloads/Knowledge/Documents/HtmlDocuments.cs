using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The text of HTML, by its headings; scripts, styles and what else is not read are left out, nothing is fetched.</summary>
internal static class HtmlDocuments
{
    // Beyond it a page is built to exhaust its reader.
    private const int MaxDepth = 400;

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().UseYamlFrontMatter().Build();

    private static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head", "select", "textarea",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "figure", "footer", "form",
        "header", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul",
    };

    // Of reading Markdown, about so much is making HTML of it.
    private const double MarkdownShare = 0.4;

    // Of reading HTML, about so much is parsing it; the rest is taking the text out of what that gave.
    private const double ParsingShare = 0.8;

    /// <summary>Reads Markdown.</summary>
    /// <param name="id">The document's id.</param>
    /// <param name="name">What its file is called.</param>
    /// <param name="markdown">The text.</param>
    /// <param name="progress">Hears the share that is done, 0..1.</param>
    public static ReadItem FromMarkdown(string id, string name, string markdown, Action<double> progress)
    {
        // What was made to exhaust a parser is read as the text that it is.
        if (!MarkdownBounds.Fit(markdown))
        {
            using var text = new StringReader(markdown);
            return ReadItem.Of(DocumentRules.Check(
                id, Path.GetFileNameWithoutExtension(name), [.. PlainDocuments.Read(text, SectionKind.Prose)], []));
        }

        try
        {
            var html = Markdig.Markdown.ToHtml(markdown, Markdown);
            progress(MarkdownShare);
            using var text = new StringReader(html);
            return FromHtml(id, name, text, taken => (double)taken / html.Length, share => progress(MarkdownShare + ((1 - MarkdownShare) * share)));
        }
        catch (ArgumentException exception)
        {
            // Markdig refuses what is nested too deeply.
            throw new WorkloadException("invalid_markdown", "The Markdown is nested too deeply to be read.", exception);
        }
    }

    /// <summary>Reads HTML.</summary>
    /// <param name="id">The document's id.</param>
    /// <param name="name">What its file is called.</param>
    /// <param name="html">The text.</param>
    /// <param name="read">What share of it, 0..1, so many characters are.</param>
    /// <param name="progress">Hears the share that is done, 0..1.</param>
    public static ReadItem FromHtml(string id, string name, TextReader html, Func<long, double> read, Action<double> progress)
    {
        using var bytes = new TextBytes(html, taken => progress(ParsingShare * read(taken)));
        using var page = new HtmlParser().ParseDocument(bytes);
        var writer = new SectionWriter();
        if (page.Body is { } body)
            Write(body, writer, 0);
        var heading = page.QuerySelector("h1")?.TextContent;
        var title = !string.IsNullOrWhiteSpace(page.Title) ? page.Title
            : !string.IsNullOrWhiteSpace(heading) ? heading : Path.GetFileNameWithoutExtension(name);
        return ReadItem.Of(DocumentRules.Check(id, title, writer.Sections(), []));
    }

    private static void Write(INode node, SectionWriter writer, int depth)
    {
        if (depth > MaxDepth)
            throw new WorkloadException("invalid_html", "The page is nested too deeply to be read.");
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText text:
                    writer.Text(text.Data);
                    break;
                case IElement element when Silent.Contains(element.LocalName) || element.HasAttribute("hidden"):
                    break;
                case IElement { LocalName: "br" }:
                    writer.LineBreak();
                    break;
                case IElement { LocalName: ['h', >= '1' and <= '6'] } element:
                    writer.Heading(element.TextContent);
                    break;
                case IElement { LocalName: "pre" } code:
                    writer.Code(code.TextContent);
                    break;
                case IElement { LocalName: "table" } table when IsData(table):
                    writer.Table(table.QuerySelectorAll("tr").Select(row => TableText.Row(row.Children.Select(cell => cell.TextContent))));
                    break;
                case IElement { LocalName: "td" or "th" } cell:
                    Write(cell, writer, depth + 1);
                    writer.Text(" ");
                    break;
                case IElement element when Blocks.Contains(element.LocalName):
                    writer.EndParagraph();
                    Write(element, writer, depth + 1);
                    writer.EndParagraph();
                    break;
                case IElement element:
                    Write(element, writer, depth + 1);
                    break;
            }
        }
    }

    // A table that lays out a page has tables, headings or paragraphs in its cells; one of data has not.
    private static bool IsData(IElement table) =>
        table.QuerySelector("table, h1, h2, h3, h4, h5, h6, p, ul, ol, pre, div, script, style, [hidden]") is null
        && table.QuerySelectorAll("tr").Take(2).Count() > 1;

    /// <summary>Puts text together by headings and paragraphs, with white space as a browser would show it.</summary>
    private sealed class SectionWriter
    {
        private readonly List<Section> _sections = [];
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _paragraph = new();
        private string? _heading;

        public void Text(string text)
        {
            foreach (var c in text)
            {
                if (!char.IsWhiteSpace(c))
                    _paragraph.Append(c);
                else if (_paragraph.Length > 0 && _paragraph[^1] is not (' ' or '\n'))
                    _paragraph.Append(' ');
            }
        }

        public void LineBreak() => _paragraph.Append('\n');

        public void EndParagraph()
        {
            var paragraph = _paragraph.ToString().Trim();
            _paragraph.Clear();
            if (paragraph.Length > 0)
                _text.Append(_text.Length > 0 ? "\n\n" : "").Append(paragraph);
        }

        public void Code(string code) => Add(new Section(_heading, code.Trim('\n')) { Kind = SectionKind.Code });

        public void Table(IEnumerable<string> rows)
        {
            foreach (var section in TableText.Sections(_heading, rows.Where(row => row.Length > 0), page: null, line: null))
                Add(section);
        }

        public void Heading(string heading)
        {
            EndSection();
            _heading = string.Join(' ', heading.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        public List<Section> Sections()
        {
            EndSection();
            return _sections;
        }

        // A heading is kept for itself only where nothing stands below it.
        private void EndSection()
        {
            EndText();
            if (_heading is not null && (_sections.Count == 0 || _sections[^1].Heading != _heading))
                _sections.Add(new Section(_heading, ""));
        }

        private void Add(Section section)
        {
            EndText();
            if (!string.IsNullOrWhiteSpace(section.Text))
                _sections.Add(section);
        }

        private void EndText()
        {
            EndParagraph();
            if (_text.Length > 0)
                _sections.Add(new Section(_heading, _text.ToString()));
            _text.Clear();
        }
    }
}
