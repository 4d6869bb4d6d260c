using System.Text;

namespace ProgressHub.Tests.Workloads.Translation.Generated;

/// <summary>Catalogues of a program's texts.</summary>
internal static class GeneratedCatalogues
{
    public static void Json(MarkedPen pen)
    {
        Object(pen, 0, pen.Pick("  ", "\t", ""));
        pen.Fixed(pen.Pick("", "\n"));
    }

    public static void Po(MarkedPen pen)
    {
        if (pen.Chance(0.8))
            pen.Fixed("# the translators\nmsgid \"\"\nmsgstr \"\"\n\"Language: es\\n\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n");
        for (var entries = pen.Random.Next(1, 8); entries > 0; entries--)
        {
            pen.Fixed(pen.Pick("", "#. a remark of the programmer\n", "#: src/main.c:12 src/other.c:7\n", "#, c-format\n"));
            if (pen.Chance(0.2))
                pen.Fixed("msgctxt \"a menu\"\n");
            Entry(pen);
            pen.Fixed("\n");
        }

        if (pen.Chance(0.3))
            pen.Fixed("#~ msgid \"an obsolete one\"\n#~ msgstr \"\"\n");
    }

    private static void Entry(MarkedPen pen)
    {
        var one = Text(pen);
        pen.Fixed($"msgid {Quoted(one, pen)}\n");
        if (pen.Chance(0.25))
            pen.Fixed("msgstr \"filled already\"\n");
        else if (pen.Chance(0.25))
        {
            var many = Text(pen);
            pen.Fixed($"msgid_plural {Quoted(many, pen)}\n");
            Empty(pen, "msgstr[0]", one);
            Empty(pen, "msgstr[1]", many);
        }
        else
            Empty(pen, "msgstr", one);
    }

    // An empty string becomes the marked text: in one line, or in one for each of its lines below an empty one.
    private static void Empty(MarkedPen pen, string keyword, MarkedPen text)
    {
        var lines = text.Expected.Split('\n');
        var written = lines.Length == 1
            ? $"\"{lines[0]}\""
            : "\"\"" + string.Concat(lines.Select((line, i) => $"{pen.NewLine}\"{line}{(i < lines.Length - 1 ? "\\n" : "")}\""));
        pen.Fixed($"{keyword} ").Becomes("\"\"", written).Fixed("\n");
    }

    private static MarkedPen Text(MarkedPen pen)
    {
        var text = new MarkedPen((pen.Random.Next(1_000_000) * 3) + 1);
        text.Sentence();
        if (pen.Chance(0.3))
            text.Fixed("\n").Sentence();
        return text;
    }

    private static string Quoted(MarkedPen text, MarkedPen pen)
    {
        var escaped = text.Source.Replace("\n", "\\n", StringComparison.Ordinal);
        if (!pen.Chance(0.2) || escaped.Length < 10)
            return $"\"{escaped}\"";
        var cut = escaped.LastIndexOf(' ', escaped.Length - 2) + 1;
        return $"\"\"\n\"{escaped[..cut]}\"\n\"{escaped[cut..]}\"";
    }

    private static void Object(MarkedPen pen, int depth, string indent)
    {
        var line = indent.Length == 0 ? "" : "\n" + new StringBuilder().Insert(0, indent, depth + 1);
        pen.Fixed("{");
        var members = pen.Random.Next(1, 6);
        for (var i = 0; i < members; i++)
        {
            pen.Fixed(line).Fixed($"\"{pen.Pick("title", "a.key.of.words", "some_name", "Some words")}{i}\"").Fixed(pen.Pick(": ", ":", " : "));
            Value(pen, depth, indent);
            pen.Fixed(i < members - 1 ? "," : "");
        }

        if (pen.Chance(0.2))
            pen.Fixed(",").Fixed(line).Fixed("\"@meta\": {\"description\": \"what it is for\", \"type\": \"text\"}");
        pen.Fixed(indent.Length == 0 ? "" : "\n" + new StringBuilder().Insert(0, indent, depth)).Fixed("}");
    }

    private static void Value(MarkedPen pen, int depth, string indent)
    {
        var kind = pen.Random.Next(10);
        if (kind == 0)
            pen.Fixed(pen.Pick("12.50", "-1e5", "true", "false", "null", "\"\"", "\"123\"", "[]", "{}"));
        else if (kind == 1)
            pen.Fixed("[\"").Sentence().Fixed("\", \"").Words().Fixed("\"]");
        else if (kind <= 3 && depth < 3)
            Object(pen, depth + 1, indent);
        else
        {
            pen.Fixed("\"").Fixed(pen.Pick("", "", "\\\"", "\\n", "<b>")).Sentence();
            pen.Fixed(pen.Pick("", "", "\\n", "\\\\", "\\\"", "\\t", "</b>", " \\u00e9", " \\/")).Fixed("\"");
        }
    }
}
