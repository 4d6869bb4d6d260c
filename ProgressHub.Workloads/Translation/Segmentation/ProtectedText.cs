using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Finds what an engine must not touch in any format: placeholders, tags, code, addresses, and the characters that stand
/// for such things while an engine works. Rather one thing too many is protected than one too few: a word that stays
/// untranslated is a blemish, a broken placeholder is a crash in somebody's program.
/// </summary>
internal static partial class ProtectedText
{
    /// <summary>All fixed stretches of a piece, in order and without overlap: those of its format, and those found here.</summary>
    public static List<FixedSpan> FixedOf(string text, Piece piece)
    {
        List<FixedSpan> all = [];
        var position = piece.Span.Start;
        foreach (var given in piece.Fixed)
        {
            FindAll(text, new Span(position, given.Span.Start), all);
            all.Add(given);
            position = given.Span.End;
        }

        FindAll(text, new Span(position, piece.Span.End), all);
        return all;
    }

    /// <summary>Whether anything is left to translate beside what is fixed.</summary>
    public static bool HasWords(string source, Piece whole)
    {
        var (text, piece) = whole.Plain(source);
        var position = piece.Span.Start;
        foreach (var (span, _) in FixedOf(text, piece))
        {
            if (HasLetter(text.AsSpan(position, span.Start - position)))
                return true;
            position = span.End;
        }

        return HasLetter(text.AsSpan(position, piece.Span.End - position));
    }

    private static void FindAll(string text, Span span, List<FixedSpan> found)
    {
        var position = span.Start;
        foreach (var syntax in IcuSyntax.Find(text, span))
        {
            Find(text, new Span(position, syntax.Span.Start), found);
            found.Add(syntax);
            position = syntax.Span.End;
        }

        Find(text, new Span(position, span.End), found);
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
                return true;
        }

        return false;
    }

    private static void Find(string text, Span span, List<FixedSpan> found)
    {
        if (span.IsEmpty)
            return;
        foreach (var match in Pattern().EnumerateMatches(span.Of(text)))
        {
            var start = span.Start + match.Index;
            var isBreak = match.Length > 0 && span.Of(text).Slice(match.Index, match.Length).IndexOfAny('\r', '\n') >= 0;
            found.Add(new FixedSpan(new Span(start, start + match.Length), isBreak ? FixedKind.Break : FixedKind.Atom));
        }
    }

    // Every repetition is bounded or anchored, so that no text makes it slow. In order: line breaks; templates (mustache,
    // Jinja, ERB, Ruby, i18next, Swift, shell); vue-i18n's links; braces; names between underscores, percent signs or behind a
    // colon (Laravel, Rails, emoji) or an at sign (Drupal, Android, handles) or between or behind dollars (PHP, shell, Chrome);
    // ends of lines and tabs that a program writes in its texts; formats of Qt, Apple, printf and Python; comments,
    // tags, cue times and entities; code; alerts, tables of contents and abbreviations; wiki links and marks of blocks
    // (Obsidian); colours; paths; addresses; the marks that stand for protected stretches, private-use characters, controls and
    // non-characters.
    [GeneratedRegex(
        """
        (?<![ \t])[ \t]*(?:\r\n|\n|\r)[ \t]*
        | \{\{\{[^{}\r\n]{0,200}\}\}\} | \{\{[^{}\r\n]{0,200}\}\}
        | \{%[^{}\r\n]{0,200}%\} | <%[^<>\r\n]{0,200}%>
        | \$t\([^()\r\n]{1,100}\) | \$\([^()\r\n]{1,60}\) | \\\([\w.$]{1,60}\) | \\u[0-9A-Fa-f]{4}
        | @(?:\.[a-z]{1,20})?:(?:\([^()\r\n]{1,80}\)|[A-Za-z_][\w-]{0,40}(?:\.[\w-]{1,40}){0,8})
        | [\#$%]?\{[^{}\r\n]{0,100}\}
        | (?<![\w$])\$[A-Za-z_][A-Za-z0-9_@]{0,60}\$?(?:->[A-Za-z_]\w{0,40}){0,4} | \\[nNrt]
        | (?<![A-Za-z0-9_])__[A-Za-z][A-Za-z0-9]{0,30}(?:_[A-Za-z0-9]{1,30}){0,5}__(?![A-Za-z0-9_])
        | %[A-Za-z_][A-Za-z0-9_.]{1,60}%(?!%)
        | (?<![\w:/.@]):[A-Za-z][A-Za-z0-9_+-]{0,40}:?(?![\w/])
        | (?<![\w.@/])@{1,2}[A-Za-z_][A-Za-z0-9_-]{0,40}(?:/[A-Za-z0-9_]{1,60})?
        | %L[0-9]{1,2}(?![0-9A-Za-z]) | %\#@[A-Za-z_][A-Za-z0-9_]{0,60}@
        | %(?:\([^()\s]{1,60}\))?(?:[0-9]{1,3}\$)?[-+\#0]{0,5}(?:[0-9]{1,5}|\*)?(?:\.(?:[0-9]{1,5}|\*))?
          (?:hh|h|ll|l|L|z|j|t|q)?[diouxXeEfFgGaAcspn@%]
        | <!--[^\r\n]{0,300}?-->
        | <[A-Za-z][\w.]{0,60}(?:\s{1,20}[\w:-]{1,60}=(?:"[^"\r\n]{0,300}"|'[^'\r\n]{0,300}'|\{(?:[^{}\r\n]|\{[^{}\r\n]{0,200}\}){0,300}\})){1,20}\s{0,20}/?>
        | </?[A-Za-z][^<>\r\n]{0,300}> | </?[0-9]{1,3}\s?/?> | <[0-9]{1,4}:[0-9:.]{2,15}>
        | &(?:\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});
        | `{1,3}[^`\r\n]{1,300}`{1,3}
        | \[![A-Za-z]{1,30}\][+-]? | \[(?:TOC|toc)\] | \*\[[^\[\]\r\n]{1,60}\]:
        | !?\[\[[^\[\]|\r\n]{1,200}\|(?=[^\[\]\r\n]{0,200}[^\W\d]) | !?\[\[[^\[\]\r\n]{1,200}\]\]
        | (?<=[ \t])\^[A-Za-z0-9-]{1,60}(?=[ \t]*(?:[\r\n]|$))
        | (?<![\w&])\#(?=[a-fA-F]{0,7}[0-9])[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?(?!\w)
        | (?<![\w/.<>])\.{0,2}/[\w.@-]{1,80}(?:/[\w.@-]{1,80}){1,20}
        | \b(?:https?|ftp|file|mailto):[^\s<>"'⟦⟧]{0,2000}[^\s<>"'⟦⟧.,;:!?)\]}…。，]
        | \bwww\.[^\s<>"'⟦⟧]{1,300}[^\s<>"'⟦⟧.,;:!?)\]}…。，]
        | [A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}
        | [⟦⟧\uE000-\uF8FF\uFEFF\uFFF0-\uFFFF\x00-\x08\x0B\x0C\x0E-\x1F\x7F]{1,300}
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
