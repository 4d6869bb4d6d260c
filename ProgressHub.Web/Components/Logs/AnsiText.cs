using System.Globalization;
using System.Text;

namespace ProgressHub.Web.Components.Logs;

/// <summary>A stretch of a log line that is painted alike.</summary>
/// <param name="Text">What it says; text, never markup.</param>
/// <param name="Style">The CSS classes of its colour and weight; null for those of the line.</param>
public sealed record AnsiSpan(string Text, string? Style);

/// <summary>
/// Reads the colours that terminals understand (ECMA-48, 8.3.117 SGR) out of a text: as classes, from a fixed set. All
/// other control sequences, and control characters but for line ends and tabs, are left out.
/// </summary>
internal static class AnsiText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private const char SequenceStart = '[';
    private const char CommandStart = ']';

    /// <summary>The text in stretches, line ends included.</summary>
    public static IReadOnlyList<AnsiSpan> Parse(string text)
    {
        if (!HasControls(text))
            return [new AnsiSpan(text, null)];

        List<AnsiSpan> spans = [];
        var style = default(Sgr);
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case Escape:
                    var (end, parameters) = Sequence(text, i);
                    if (parameters is not null)
                    {
                        Close();
                        style = style.Apply(parameters);
                    }

                    i = end;
                    break;
                case var c when !IsControl(c):
                    plain.Append(c);
                    break;
            }
        }

        Close();
        return spans;

        void Close()
        {
            if (plain.Length > 0)
                spans.Add(new AnsiSpan(plain.ToString(), style.Classes));
            plain.Clear();
        }
    }

    /// <summary>The text alone.</summary>
    public static string Plain(string text) =>
        HasControls(text) ? string.Concat(Parse(text).Select(span => span.Text)) : text;

    private static bool HasControls(string text) => text.AsSpan().ContainsAnyInRange('\0', '\u001f') && text.Any(IsControl);

    private static bool IsControl(char c) => char.IsControl(c) && c is not '\n' and not '\t';

    // Where a sequence ends, and the parameters of one that sets colours.
    private static (int End, string? Parameters) Sequence(string text, int start)
    {
        if (start + 1 >= text.Length)
            return (start, null);
        var i = start + 2;
        switch (text[start + 1])
        {
            case SequenceStart:
                while (i < text.Length && text[i] is >= '\u0020' and <= '\u003f')
                    i++;
                var end = Math.Min(i, text.Length - 1);
                return (end, i < text.Length && text[i] == 'm' ? text[(start + 2)..i] : null);
            case CommandStart:
                while (i < text.Length && text[i] != Bell && text[i] != Escape)
                    i++;
                return (Math.Min(i < text.Length && text[i] == Escape ? i + 1 : i, text.Length - 1), null);
            default:
                return (start + 1, null);
        }
    }

    private readonly record struct Sgr(int? Ink, int? Ground, bool Bold, bool Faint, bool Italic, bool Underlined)
    {
        private const int Bright = 8;
        private const int Palette = 5;
        private const int PaletteLength = 3;
        private const int TrueColourLength = 5;

        public string? Classes
        {
            get
            {
                List<string> classes = [];
                if (Ink is { } ink)
                    classes.Add(string.Create(CultureInfo.InvariantCulture, $"ink-{ink}"));
                if (Ground is { } ground)
                    classes.Add(string.Create(CultureInfo.InvariantCulture, $"ground-{ground}"));
                if (Bold)
                    classes.Add("bold");
                if (Faint)
                    classes.Add("faint");
                if (Italic)
                    classes.Add("italic");
                if (Underlined)
                    classes.Add("underlined");
                return classes.Count == 0 ? null : string.Join(' ', classes);
            }
        }

        public Sgr Apply(string parameters)
        {
            var style = this;
            var codes = parameters.Split(';', ':');
            for (var i = 0; i < codes.Length; i++)
            {
                var code = Number(codes[i]);
                if (code is 38 or 48)
                {
                    // 38;5;n is one of 256, of which the first 16 are ours; 38;2;r;g;b is any, and is left to the line.
                    var palette = Number(codes.ElementAtOrDefault(i + 1)) == Palette;
                    int? colour = palette && Number(codes.ElementAtOrDefault(i + 2)) is < 16 and var n ? n : null;
                    style = code == 38 ? style with { Ink = colour } : style with { Ground = colour };
                    i += (palette ? PaletteLength : TrueColourLength) - 1;
                    continue;
                }

                style = style.Apply(code);
            }

            return style;
        }

        private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

        private Sgr Apply(int code) => code switch
        {
            0 => default,
            1 => this with { Bold = true },
            2 => this with { Faint = true },
            3 => this with { Italic = true },
            4 => this with { Underlined = true },
            22 => this with { Bold = false, Faint = false },
            23 => this with { Italic = false },
            24 => this with { Underlined = false },
            >= 30 and <= 37 => this with { Ink = code - 30 },
            39 => this with { Ink = null },
            >= 40 and <= 47 => this with { Ground = code - 40 },
            49 => this with { Ground = null },
            >= 90 and <= 97 => this with { Ink = code - 90 + Bright },
            >= 100 and <= 107 => this with { Ground = code - 100 + Bright },
            _ => this,
        };
    }
}
