using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>Texts that break careless code, from a seed.</summary>
internal static class NastyText
{
    private static readonly string[] Words =
    [
        "lighthouse", "keeper", "the", "a", "of", "Mr.", "naïve", "Straße", "日本語", "中文字符", "한국어", "مرحبا", "שלום", "e\u0301te\u0301",
        "😀", "👩‍👩‍👧‍👦", "🇪🇸", "𝔘𝔫𝔦", "{name}", "{{ user.name }}", "${HOME}", "%s", "%1$s", "%-5.2f", "%(name)s", "100%", "%%",
        "<b>", "</b>", "<br/>", "&amp;", "&#233;", "`code`", "``a`b``", "https://example.org/a_(b)?c=d&e=f", "me@example.org",
        "**bold**", "*it*", "__x__", "_y_", "~~no~~", "[text](http://x.y/z \"t\")", "![alt](i.png)", "[ref][1]", "[^1]", "\\*", "\\",
        "⟦0⟧", "⟦", "⟧", "⟦#1⟧", "\uE000", "\u200B", "\u00A0", "\u3000", "\uFEFF", "\0", "\u0007", "|", "$x^2$", "\"", "'", "<!-- c -->",
        "-->", "00:00:01,000 --> 00:00:02,000", "42", "3.14", "#tag", "[x]", "[ ]", "{", "}", "(", ")", "<", ">", "==mark==", "\u2028", "\u0085",
    ];

    private static readonly string[] Joints =
        [" ", " ", " ", " ", " ", " ", "", "  ", "\t", ". ", "! ", "? ", "。", "！", ", ", "\n", "\n", "\r\n", "  \n", "\\\n", "\r", "\n> ", "\n    "];

    private static readonly string[] Blocks =
    [
        "\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n", "\n\n# ", "\n\n- ", "\n\n* [ ] ", "\n\n1. ", "\n\n> ", "\n> > ", "\n\n```\n", "\n```\n",
        "\n\n~~~js\n", "\n\n    ", "\n\n| a | b |\n|---|---|\n| ", " | ", " |\n", "\n\n---\n\n", "\n===\n", "\n\n<div>\n", "\n</div>\n\n", "\n\n[^1]: ",
        "\n\n[1]: http://x.y \"t\"\n", "\n\n$$\n", "\n\n7\n00:00:01,000 --> 00:00:02,500\n", "\n8\n00:00:03.000 --> 00:00:04.000 X1:1\n",
        "\n\n9\n00:00 --> bad\n", "\n\n+---+---+\n| a | b |\n+===+===+\n", "\n\nTerm\n:   ", "\f", "\v",
    ];

    private static readonly string[] Openings = ["", "", "", "\uFEFF", "---\ntitle: x\n---\n", "\n\n", "1\r\n00:00:00,000 --> 00:00:01,000\r\n", "# ", "    ", "> "];

    public static string Make(int seed, int words)
    {
        var random = new Random(seed);
        var text = new StringBuilder(Openings[random.Next(Openings.Length)]);
        for (var i = 0; i < words; i++)
        {
            text.Append(Words[random.Next(random.Next(3) == 0 ? 10 : Words.Length)]);
            text.Append(random.Next(9) == 0 ? Blocks[random.Next(Blocks.Length)] : Joints[random.Next(Joints.Length)]);
        }

        if (random.Next(8) == 0)
            text.Append('w', random.Next(300));
        return text.ToString();
    }
}
