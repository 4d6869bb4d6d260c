using System.Globalization;

namespace ProgressHub.Workloads.Transcription;

/// <summary>
/// Languages by code and by name: <c>de</c>, <c>de-DE</c>, <c>deu</c>, German and Deutsch are one. The codes are those of
/// Whisper's own list.
/// </summary>
internal static class SpokenLanguage
{
    private const string Codes =
        "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr "
        + "az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo "
        + "tl mg as tt haw ln ha ba jw su yue";

    // Whisper's code where everybody else has another.
    private static readonly Dictionary<string, string> Other = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jv"] = "jw", ["iw"] = "he", ["in"] = "id", ["nb"] = "no", ["fil"] = "tl", ["cmn"] = "zh",
        ["mandarin"] = "zh", ["cantonese"] = "yue", ["farsi"] = "fa", ["castilian"] = "es", ["flemish"] = "nl", ["valencian"] = "ca",
        ["moldavian"] = "ro", ["haitian"] = "ht", ["burmese"] = "my", ["tagalog"] = "tl", ["filipino"] = "tl", ["javanese"] = "jw",
        ["pashto"] = "ps", ["panjabi"] = "pa", ["sinhalese"] = "si", ["letzeburgesch"] = "lb", ["norwegian"] = "no",
        ["brazilian portuguese"] = "pt", ["simplified chinese"] = "zh", ["traditional chinese"] = "zh", ["nynorsk"] = "nn",
        ["haitian creole"] = "ht", ["latin"] = "la", ["maori"] = "mi", ["occitan"] = "oc", ["sanskrit"] = "sa", ["tibetan"] = "bo",
        ["hawaiian"] = "haw", ["bashkir"] = "ba", ["sundanese"] = "su", ["faroese"] = "fo", ["breton"] = "br", ["yiddish"] = "yi",
        ["中文"] = "zh", ["汉语"] = "zh", ["漢語"] = "zh", ["普通话"] = "zh", ["國語"] = "zh", ["粤语"] = "yue", ["粵語"] = "yue",
    };

    private static readonly HashSet<string> Known = [.. Codes.Split(' ')];
    private static readonly Lazy<Dictionary<string, string>> Names = new(AllNames);

    /// <summary>
    /// A language as its code; null where it is to be found out. What is no name that is known is left as it is, so that
    /// it can be refused as it was said.
    /// </summary>
    public static string? Normalize(string? said)
    {
        if (string.IsNullOrWhiteSpace(said) || said.Trim() is var name && (Is(name, "auto") || Is(name, "detect")))
            return null;
        return Names.Value.TryGetValue(name, out var code) ? code : name;
    }

    /// <summary>What Whisper calls a language without its region; null where it does not know it.</summary>
    public static string? CodeForWhisper(string? code)
    {
        if (code is null)
            return null;
        var known = Other.TryGetValue(code, out var other) ? other : Names.Value.TryGetValue(code, out var named) ? named : code;
        return Known.Contains(known) ? known : null;
    }

    private static bool Is(string text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> AllNames()
    {
        var names = Other.Where(name => name.Key.Length > 3 || !char.IsAscii(name.Key[0])).ToDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var code in Known)
        {
            try
            {
                var culture = CultureInfo.GetCultureInfo(code, predefinedOnly: true);
                foreach (var name in new[] { culture.EnglishName, culture.NativeName, culture.ThreeLetterISOLanguageName })
                    names.TryAdd(name.Split('(')[0].Trim(), code);
            }
            catch (CultureNotFoundException)
            {
                // A system without this language knows it by its code.
            }
        }

        foreach (var code in Known)
            names.Remove(code);
        names.Remove("");
        return names;
    }
}
