using System.Collections.Frozen;
using System.Globalization;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>Language codes as people write them, as Apertium names its data, and as a model reads them.</summary>
internal static class LanguageCodes
{
    // ISO 639-1 to ISO 639-3, for the languages that Apertium publishes pairs of.
    private static readonly FrozenDictionary<string, string> ThreeLetters = new Dictionary<string, string>
    {
        ["af"] = "afr", ["an"] = "arg", ["ar"] = "ara", ["be"] = "bel", ["bg"] = "bul", ["br"] = "bre", ["bs"] = "bos",
        ["ca"] = "cat", ["cy"] = "cym", ["da"] = "dan", ["de"] = "deu", ["en"] = "eng", ["eo"] = "epo", ["es"] = "spa",
        ["eu"] = "eus", ["fi"] = "fin", ["fo"] = "fao", ["fr"] = "fra", ["gl"] = "glg", ["hi"] = "hin", ["hr"] = "hrv",
        ["id"] = "ind", ["is"] = "isl", ["it"] = "ita", ["kk"] = "kaz", ["mk"] = "mkd", ["ms"] = "msa", ["mt"] = "mlt",
        ["nb"] = "nob", ["nl"] = "nld", ["nn"] = "nno", ["no"] = "nob", ["oc"] = "oci", ["pl"] = "pol", ["pt"] = "por",
        ["ro"] = "ron", ["ru"] = "rus", ["sc"] = "srd", ["se"] = "sme", ["sk"] = "slk", ["sl"] = "slv", ["sr"] = "srp",
        ["sv"] = "swe", ["tr"] = "tur", ["tt"] = "tat", ["uk"] = "ukr", ["ur"] = "urd",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> TwoLetters =
        ThreeLetters.Where(p => p.Key != "no").ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The three letters of a code; the region is left out. A code that is not known stays as it is.</summary>
    public static string ToThreeLetters(string code)
    {
        var language = Language(code);
        return ThreeLetters.GetValueOrDefault(language, language);
    }

    /// <summary>The two letters of a code where it has them; the region is left out.</summary>
    public static string ToTwoLetters(string code)
    {
        var language = Language(code);
        return TwoLetters.GetValueOrDefault(language, language);
    }

    /// <summary>What to call it in a sentence: <c>Spanish (es)</c>; the code alone where its name is not known.</summary>
    public static string EnglishName(string code)
    {
        try
        {
            var name = CultureInfo.GetCultureInfo(ToTag(code), predefinedOnly: true).EnglishName;
            return $"{name} ({code})";
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    private static string ToTag(string code)
    {
        var tag = code.Replace('_', '-');
        var language = Language(code);
        return ToTwoLetters(language) + tag[language.Length..];
    }

    private static string Language(string code) => code.Split('-', '_')[0].ToLowerInvariant();
}
