namespace ProgressHub.Tests.Workloads.Translation.Generated;

/// <summary>Markdown with all that its dialects have: GitHub's, Obsidian's, MkDocs', Docusaurus', MDX.</summary>
internal static class GeneratedMarkdown
{
    // What means something in Markdown, or in a table of it.
    private static readonly string[] Other = ["{{{raw}}}", "<%= name %>", "{% if user %}", "#{name}", "`code here`", "{{count, number}}", "$HOME", "$t(common.hello)", "${version}"];

    public static void Write(MarkedPen pen)
    {
        if (pen.Chance(0.3))
        {
            var quote = pen.Pick("\"", "'", "");
            pen.Fixed($"---\ntitle: {quote}").Words().Fixed($"{quote}\nslug: some-words\ntags: [one, two]\n");
            if (pen.Chance(0.5))
                pen.Fixed("description: \"").Words().Fixed("\"\n");
            pen.Fixed("---\n\n");
        }

        // A line at the very beginning would begin front matter.
        pen.Fixed("# ").Words().Fixed("\n\n");
        if (pen.Chance(0.2))
            pen.Fixed("import Tabs from '@theme/Tabs'\nexport const answer = 42\n\n");
        for (var blocks = pen.Random.Next(1, 10); blocks > 0; blocks--)
        {
            Block(pen);
            pen.Fixed(pen.Pick("\n\n", "\n\n", "\n\n\n"));
        }

        pen.Fixed("[ref]: https://example.org/a_b \"not words\"\n");
    }

    private static void Block(MarkedPen pen)
    {
        switch (pen.Random.Next(17))
        {
            case 0:
                pen.Fixed(pen.Pick("# ", "## ", "###### "));
                Inline(pen);
                pen.Fixed(pen.Pick("", "", " ##"));
                break;
            case 1:
                pen.Words().Fixed(pen.Pick("\n===", "\n---"));
                break;
            case 2:
                List(pen, 0);
                break;
            case 3:
                pen.Fixed("> ");
                Inline(pen);
                pen.Fixed("\n> ");
                Inline(pen);
                break;
            case 4:
                pen.Fixed(pen.Pick("> [!NOTE]\n> ", "> [!warning]- ", "> [!TIP]+ ")).Words();
                break;
            case 5:
                pen.Fixed(pen.Pick("```js\nconst a = words // and more\n```", "~~~\n[some](code)\n~~~", "<!-- no list -->\n\n    some code *here*", "```\n\n# no heading\n```"));
                break;
            case 6:
                Table(pen);
                break;
            case 7:
                pen.Fixed("<div align=\"center\">\n").Words().Fixed("\n</div>");
                break;
            case 8:
                pen.Fixed("<details>\n<summary>").Words().Fixed("</summary>\n\n");
                Inline(pen);
                pen.Fixed("\n\n</details>");
                break;
            case 9:
                pen.Fixed(pen.Pick("---", "***", "<!-- a remark\nover lines -->", "{/* a remark */}", "$$\nx = y + words\n$$"));
                break;
            case 10:
                pen.Fixed("!!! note \"").Words().Fixed("\"\n    ");
                Inline(pen);
                break;
            case 11:
                pen.Fixed(":::tip ").Words().Fixed("\n\n");
                Inline(pen);
                pen.Fixed("\n\n:::");
                break;
            case 12:
                var label = $"n{pen.Source.Length}";
                pen.Words().Fixed($"[^{label}].\n\n[^{label}]: ").Words().Fixed(".");
                break;
            case 13:
                pen.Words(2).Fixed("\n:   ").Words();
                break;
            default:
                Inline(pen);
                if (pen.Chance(0.4))
                {
                    pen.Fixed(pen.Pick("\n", "  \n", "\\\n"));
                    Inline(pen);
                }

                break;
        }
    }

    private static void List(MarkedPen pen, int depth)
    {
        var mark = pen.Pick("- ", "* ", "1. ", "- [ ] ", "- [x] ");
        var indent = new string(' ', depth * 4);
        var items = pen.Random.Next(1, 4);
        for (var i = 0; i < items; i++)
        {
            pen.Fixed(indent + mark);
            Inline(pen);
            if (depth < 2 && pen.Chance(0.2))
            {
                pen.Fixed("\n");
                List(pen, depth + 1);
            }

            pen.Fixed(i < items - 1 ? "\n" : "");
        }
    }

    private static void Table(MarkedPen pen)
    {
        var columns = pen.Random.Next(2, 5);
        var rows = pen.Random.Next(1, 4);
        Row(() => pen.Words(2));
        pen.Fixed("\n|");
        for (var column = 0; column < columns; column++)
            pen.Fixed(pen.Pick("---|", ":-:|", " --- |"));
        for (var row = 0; row < rows; row++)
        {
            pen.Fixed("\n");
            Row(() =>
            {
                if (pen.Chance(0.2))
                    pen.Fixed(pen.Pick("`a code`", "12.5", "", "**"));
                else
                    pen.Words(3);
            });
        }

        void Row(Action cell)
        {
            pen.Fixed("|");
            for (var column = 0; column < columns; column++)
            {
                pen.Fixed(" ");
                cell();
                pen.Fixed(" |");
            }
        }
    }

    private static void Inline(MarkedPen pen)
    {
        pen.Words();
        for (var more = pen.Random.Next(4); more > 0; more--)
        {
            pen.Fixed(pen.Pick(" ", " ", ", "));
            switch (pen.Random.Next(12))
            {
                case 0:
                    Around("**", "**");
                    break;
                case 1:
                    Around("*", "*");
                    break;
                case 2:
                    Around("~~", "~~");
                    break;
                case 3:
                    pen.Fixed(pen.Pick("`some code`", "``a ` tick``", "<https://example.org/some/words>", "<br/>", "\\*", "&copy;", "$x_words$"));
                    break;
                case 4:
                    Around("[", pen.Pick("](https://example.org/a_path)", "](<a path> \"not words\")", "][ref]"));
                    break;
                case 5:
                    Around("![", "](img_of_words.png)");
                    break;
                case 6:
                    Around("<span class=\"some words\">", "</span>");
                    break;
                case 7:
                    Around("***", "***");
                    break;
                case 8:
                    pen.Fixed("[![").Words(2).Fixed("](https://example.org/badge.svg)](https://example.org)");
                    break;
                case 9:
                    pen.Sentence(Other);
                    break;
                default:
                    pen.Words();
                    break;
            }
        }

        pen.Fixed(pen.Pick("", ".", "!"));

        void Around(string before, string after) => pen.Fixed(before).Words(3).Fixed(after);
    }
}
