using System.Buffers;

namespace ProgressHub.Core.Jobs;

/// <summary>
/// The characters that change the direction of what follows them (Unicode Standard Annex 9, table 4 without the marks). A
/// name with one of them reads as another: <c>cod&lt;U+202E&gt;gnp.exe</c> is shown as <c>codexe.png</c>. Scripts that run
/// from right to left need none.
/// </summary>
public static class TextDirection
{
    private static readonly SearchValues<char> Controls = SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <summary>Whether a character is one of them.</summary>
    public static bool IsControl(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';

    /// <summary>The text without them.</summary>
    public static string Without(string text) =>
        text.AsSpan().ContainsAny(Controls) ? string.Concat(text.Where(c => !IsControl(c))) : text;
}
