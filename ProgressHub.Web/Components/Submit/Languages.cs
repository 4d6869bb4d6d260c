using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>A language as it is chosen.</summary>
/// <param name="Code">Its BCP 47 code.</param>
/// <param name="Name">Its name in English.</param>
internal sealed record Language(string Code, string Name);

/// <summary>The languages offered by name. Any other goes by its code.</summary>
internal static class Languages
{
    public static IReadOnlyList<Language> All { get; } =
    [
        new("ar", UiText.Key("Arabic")), new("bg", UiText.Key("Bulgarian")), new("ca", UiText.Key("Catalan")), new("zh", UiText.Key("Chinese (simplified)")),
        new("zh-TW", UiText.Key("Chinese (traditional)")), new("hr", UiText.Key("Croatian")), new("cs", UiText.Key("Czech")), new("da", UiText.Key("Danish")),
        new("nl", UiText.Key("Dutch")), new("en", UiText.Key("English")), new("et", UiText.Key("Estonian")), new("fi", UiText.Key("Finnish")), new("fr", UiText.Key("French")),
        new("de", UiText.Key("German")), new("el", UiText.Key("Greek")), new("he", UiText.Key("Hebrew")), new("hi", UiText.Key("Hindi")), new("hu", UiText.Key("Hungarian")),
        new("id", UiText.Key("Indonesian")), new("it", UiText.Key("Italian")), new("ja", UiText.Key("Japanese")), new("ko", UiText.Key("Korean")),
        new("lv", UiText.Key("Latvian")), new("lt", UiText.Key("Lithuanian")), new("nb", UiText.Key("Norwegian")), new("fa", UiText.Key("Persian")),
        new("pl", UiText.Key("Polish")), new("pt", UiText.Key("Portuguese")), new("pt-BR", UiText.Key("Portuguese (Brazil)")), new("ro", UiText.Key("Romanian")),
        new("ru", UiText.Key("Russian")), new("sr", UiText.Key("Serbian")), new("sk", UiText.Key("Slovak")), new("sl", UiText.Key("Slovenian")),
        new("es", UiText.Key("Spanish")), new("sv", UiText.Key("Swedish")), new("th", UiText.Key("Thai")), new("tr", UiText.Key("Turkish")),
        new("uk", UiText.Key("Ukrainian")), new("vi", UiText.Key("Vietnamese")),
    ];

    /// <summary>The name of a code, or the code itself.</summary>
    public static string NameOf(string code) =>
        All.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.OrdinalIgnoreCase)) is { } known ? UiText.Of(known.Name) : code;

    /// <summary>A pair such as <c>en-es</c> in words; null where it is no pair of two codes.</summary>
    public static (string From, string To)? SplitPair(string pair) =>
        pair.Split('-') is [{ Length: > 0 } from, { Length: > 0 } to] ? (from, to) : null;
}
