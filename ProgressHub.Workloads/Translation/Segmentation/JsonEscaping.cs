using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Strings of JSON (RFC 8259, section 7), without their quotes. What was escaped in a string stays escaped the same way, so
/// that of it only the words change.
/// </summary>
internal static partial class JsonEscaping
{
    private static readonly Escaping Readable = With(isAscii: false);
    private static readonly Escaping AsciiOnly = With(isAscii: true);

    /// <summary>How a file writes its strings: with escapes for all that is not ASCII where it has none unescaped.</summary>
    public static Escaping Of(string file) =>
        file.Contains("\\u", StringComparison.Ordinal) && Ascii.IsValid(file) ? AsciiOnly : Readable;

    private static Escaping With(bool isAscii) => new(Read, (words, written) => Write(words, written, isAscii)) { CanCut = true };

    private static string? Read(string written)
    {
        try
        {
            using var json = JsonDocument.Parse($"\"{written}\"");
            return json.RootElement.GetString();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair: nobody's words.
            return null;
        }
    }

    private static string Write(string words, string written, bool isAscii)
    {
        var result = new StringBuilder(words.Length);
        var forms = FormsOf(words, written);
        foreach (var rune in words.EnumerateRunes())
        {
            if (forms.TryGetValue(rune, out var own))
                result.Append(own.Count > 1 ? own.Dequeue() : own.Peek());
            else if (Short(rune) is { } must)
                result.Append(must);
            else if (rune.Value < ' ' || (isAscii && !rune.IsAscii))
                AppendEscaped(result, rune);
            else
                result.Append(rune.ToString());
        }

        return result.ToString();
    }

    /// <summary>
    /// How a string wrote what it had escaped, in its order, down to the last of them. What it wrote in several ways is written
    /// so again only where there is as much of it as before.
    /// </summary>
    private static Dictionary<Rune, Queue<string>> FormsOf(string words, string written)
    {
        var forms = new Dictionary<Rune, Queue<string>>();
        if (!written.Contains('\\', StringComparison.Ordinal))
            return forms;
        foreach (Match part in Part().Matches(written))
        {
            if (Read(part.Value) is not { Length: > 0 } read)
                continue;
            var rune = Rune.GetRuneAt(read, 0);
            if (!forms.TryGetValue(rune, out var queue))
                forms[rune] = queue = new Queue<string>();
            queue.Enqueue(part.Value);
        }

        foreach (var (rune, queue) in forms.Where(form => form.Value.All(text => text[0] != '\\')
            || (form.Value.Distinct().Skip(1).Any() && words.EnumerateRunes().Count(other => other == form.Key) != form.Value.Count)).ToList())
            forms.Remove(rune);
        return forms;
    }

    private static string? Short(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => null,
    };

    private static void AppendEscaped(StringBuilder result, Rune rune)
    {
        foreach (var unit in rune.ToString())
            result.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
    }

    // A pair of surrogates is one character.
    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")]
    public static partial Regex Escape();

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\\]")]
    private static partial Regex Part();
}
