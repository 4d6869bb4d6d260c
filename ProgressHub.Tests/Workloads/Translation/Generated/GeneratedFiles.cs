namespace ProgressHub.Tests.Workloads.Translation.Generated;

/// <summary>Files of each format of a translation, as programs and people write them.</summary>
internal static class GeneratedFiles
{
    public static MarkedPen Make(string format, int seed)
    {
        var pen = new MarkedPen(seed);
        if (pen.Chance(0.1) && format != "markdown")
            pen.Fixed("\uFEFF");
        switch (format)
        {
            case "markdown":
                GeneratedMarkdown.Write(pen);
                break;
            case "srt":
                Srt(pen);
                break;
            case "vtt":
                Vtt(pen);
                break;
            case "json":
                GeneratedCatalogues.Json(pen);
                break;
            case "po":
                GeneratedCatalogues.Po(pen);
                break;
            default:
                Plain(pen);
                break;
        }

        return pen;
    }

    private static void Plain(MarkedPen pen)
    {
        for (var paragraphs = pen.Random.Next(1, 8); paragraphs > 0; paragraphs--)
        {
            var bullet = pen.Pick("", "", "- ", "* ", "• ", "  ");
            for (var lines = pen.Random.Next(1, 4); lines > 0; lines--)
            {
                pen.Fixed(bullet).Sentence().Fixed(pen.Pick("", "", " ", "\t"));
                if (lines > 1)
                    pen.Fixed("\n");
            }

            pen.Fixed(pen.Pick("\n\n", "\n\n\n", "\n \n", "\n\n* * *\n\n", "\n\n12345\n\n"));
        }

        if (pen.Chance(0.5))
            pen.Words();
    }

    private static void Srt(MarkedPen pen)
    {
        var cues = pen.Random.Next(1, 10);
        for (var cue = 1; cue <= cues; cue++)
        {
            if (pen.Chance(0.9))
                pen.Fixed($"{cue}\n");
            pen.Fixed(pen.Pick(
                $"00:00:{cue:00},000 --> 00:00:{cue:00},900", $"00:00:{cue:00} --> 00:00:{cue + 1:00}", $"-00:00:0{cue % 10},100 --> 00:00:{cue:00},5",
                $"0:0:{cue},50 --> 0:0:{cue},999", $"123:00:{cue:00},000 --> 123:00:{cue:00},500  X1:40 X2:600 Y1:20 Y2:50", $"00:00:{cue:00}.000 -> 00:00:{cue:00}.900"))
                .Fixed(pen.Pick("\n", "\n", " \n"));
            var dash = pen.Chance(0.2) ? pen.Pick("- ", "-", "– ") : "";
            var lines = pen.Random.Next(dash.Length > 0 ? 2 : 0, 4);
            for (var line = 0; line < lines; line++)
            {
                pen.Fixed(dash).Fixed(line == 0 && dash.Length == 0 ? pen.Pick("", "", "{\\an8}") : "");
                if (pen.Chance(0.25))
                    pen.Fixed(pen.Pick("<i>", "<font color=\"#ffff00\">", "<b>")).Sentence().Fixed(pen.Pick("</i>", "</font>"));
                else
                    pen.Sentence();
                pen.Fixed(line == 0 && pen.Chance(0.1) ? "\n\n" : "\n");
            }

            pen.Fixed(pen.Pick("\n", "\n", "\n\n"));
        }
    }

    private static void Vtt(MarkedPen pen)
    {
        pen.Fixed(pen.Pick("WEBVTT\n\n", "WEBVTT - some words\n\n", "WEBVTT\nKind: captions\nLanguage: en\n\n"));
        if (pen.Chance(0.4))
            pen.Fixed("STYLE\n::cue(.loud) {\n  color: red;\n}\n\n");
        if (pen.Chance(0.3))
            pen.Fixed("REGION\nid:fred\nwidth:40%\nlines:3\n\n");
        var cues = pen.Random.Next(1, 10);
        for (var cue = 1; cue <= cues; cue++)
        {
            if (pen.Chance(0.2))
                pen.Fixed("NOTE a remark of the editor\nover two lines\n\n");
            pen.Fixed(pen.Pick("", $"{cue}\n", "intro part\n"));
            pen.Fixed(pen.Pick($"00:{cue:00}.000 --> 00:{cue:00}.900", $"00:00:{cue:00}.000 --> 00:00:{cue:00}.900 align:start position:10%,line-left size:80%", $"{cue:00}:00:00.5 --> {cue:00}:00:01.5"))
                .Fixed("\n");
            for (var lines = pen.Random.Next(1, 4); lines > 0; lines--)
            {
                pen.Fixed(pen.Pick("", "", "<v Old Keeper>", "<c.loud.big>"));
                pen.Sentence("`code here`", "https://example.org/path?q=a&b=c", "<%= name %>");
                pen.Fixed(pen.Pick("", "", " <00:00:01.500>", "&amp;", "&nbsp;", "</c>")).Fixed("\n");
            }

            pen.Fixed("\n");
        }
    }
}
