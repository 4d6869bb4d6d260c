using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>
/// Reads what chat models really answer where a numbered JSON array was asked for: words around the array, fences, numbers
/// as strings, raw line ends, quotes and backslashes that are not escaped.
/// </summary>
internal static partial class ChatAnswer
{
    private const int MostArrays = 50;
    private static readonly string[] TextNames = ["text", "translation"];

    /// <summary>
    /// The texts by their numbers. Null where there is none that can be trusted: of two neighbours of which one is missing
    /// the other may hold both.
    /// </summary>
    /// <param name="answer">What the model said.</param>
    /// <param name="count">How many segments were sent.</param>
    public static IReadOnlyList<string?> Read(string answer, int count)
    {
        var thoughts = answer.LastIndexOf("</think>", StringComparison.Ordinal);
        var body = thoughts < 0 ? answer : answer[thoughts..];
        var texts = new Texts(count);
        if (!ReadJson(body, texts))
            ReadLoosely(body, texts);
        return texts.Trusted();
    }

    /// <summary>Reads the first array of segments that is JSON; false where there is none.</summary>
    private static bool ReadJson(string body, Texts texts)
    {
        var position = -1;
        for (var tries = 0; tries < MostArrays && (position = body.IndexOf('[', position + 1)) >= 0; tries++)
        {
            if (body.AsSpan(position + 1).TrimStart() is not ['{' or '"', ..])
                continue;
            var reader = new Utf8JsonReader(
                Encoding.UTF8.GetBytes(body[position..]), new JsonReaderOptions { AllowTrailingCommas = true });
            try
            {
                using var json = JsonDocument.ParseValue(ref reader);
                foreach (var (place, element) in json.RootElement.EnumerateArray().Index())
                    Read(element, place, texts);
                return true;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // The next bracket may begin it.
            }
        }

        return false;
    }

    // Bare strings are taken too, by their place: some models drop the numbers.
    private static void Read(JsonElement element, int place, Texts texts)
    {
        if (element.ValueKind == JsonValueKind.String)
            texts.Add(place + 1, element.GetString()!);
        else if (element.ValueKind == JsonValueKind.Object && NumberOf(element) is { } number && TextOf(element) is { } text)
            texts.Add(number, text);
    }

    private static int? NumberOf(JsonElement element) => !element.TryGetProperty("id", out var id) ? null
        : id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number) ? number
        : id.ValueKind == JsonValueKind.String
            && int.TryParse(id.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : null;

    private static string? TextOf(JsonElement element)
    {
        foreach (var name in TextNames)
        {
            if (element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
                return text.GetString();
        }

        return null;
    }

    /// <summary>Takes for a text what stands between one element's beginning and the next one's, up to the last quote.</summary>
    private static void ReadLoosely(string body, Texts texts)
    {
        var heads = Head().Matches(body);
        for (var i = 0; i < heads.Count; i++)
        {
            var start = heads[i].Index + heads[i].Length;
            var isLast = i == heads.Count - 1;
            var rest = body[start..(isLast ? body.Length : heads[i + 1].Index)];
            var end = isLast && LastEnd().Match(rest) is { Success: true } last ? last.Index : ElementEnd().Match(rest) is { Success: true } next ? next.Index : -1;
            if (end >= 0 && int.TryParse(heads[i].Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                texts.Add(number, Unescaped(rest[..end]));
        }
    }

    private static string Unescaped(string text) => Escape().Replace(text, static escape => escape.Value[1] switch
    {
        // \N is a line break of subtitles, which models have seen many of.
        'n' or 'N' => "\n",
        't' => "\t",
        'r' => "",
        'u' when escape.Length == 6 => ((char)int.Parse(escape.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        '"' or '\\' or '/' => escape.Value[1].ToString(),
        _ => escape.Value,
    });

    [GeneratedRegex("""\{\s{0,50}"id"\s{0,20}:\s{0,20}"?([0-9]{1,6})"?\s{0,20},\s{0,50}"(?:text|translation)"\s{0,20}:\s{0,20}" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Head();

    [GeneratedRegex("""
        "\s*\}\s*\]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex LastEnd();

    [GeneratedRegex("""
        "\s*\}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.RightToLeft)]
    private static partial Regex ElementEnd();

    [GeneratedRegex(@"\\(?:u[0-9A-Fa-f]{4}|.)", RegexOptions.Singleline)]
    private static partial Regex Escape();

    /// <summary>What was read, by number from 1.</summary>
    private sealed class Texts(int count)
    {
        private readonly string?[] _texts = new string?[count];
        private readonly bool[] _twice = new bool[count];

        public void Add(int number, string text)
        {
            if (number < 1 || number > count || !IsWellFormed(text))
                return;
            _twice[number - 1] |= _texts[number - 1] is not null;
            _texts[number - 1] = text;
        }

        // Half of a pair of surrogates can be neither stored nor sent.
        private static bool IsWellFormed(string text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
                    return false;
            }

            return true;
        }

        public IReadOnlyList<string?> Trusted() =>
            [.. _texts.Select((text, i) => text is null || _twice[i] || (i + 1 < count && _texts[i + 1] is null) ? null : text)];
    }
}
