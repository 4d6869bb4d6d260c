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
        new("ar", "Arabic"), new("bg", "Bulgarian"), new("ca", "Catalan"), new("zh", "Chinese (simplified)"),
        new("zh-TW", "Chinese (traditional)"), new("hr", "Croatian"), new("cs", "Czech"), new("da", "Danish"),
        new("nl", "Dutch"), new("en", "English"), new("et", "Estonian"), new("fi", "Finnish"), new("fr", "French"),
        new("de", "German"), new("el", "Greek"), new("he", "Hebrew"), new("hi", "Hindi"), new("hu", "Hungarian"),
        new("id", "Indonesian"), new("it", "Italian"), new("ja", "Japanese"), new("ko", "Korean"),
        new("lv", "Latvian"), new("lt", "Lithuanian"), new("nb", "Norwegian"), new("fa", "Persian"),
        new("pl", "Polish"), new("pt", "Portuguese"), new("pt-BR", "Portuguese (Brazil)"), new("ro", "Romanian"),
        new("ru", "Russian"), new("sr", "Serbian"), new("sk", "Slovak"), new("sl", "Slovenian"),
        new("es", "Spanish"), new("sv", "Swedish"), new("th", "Thai"), new("tr", "Turkish"),
        new("uk", "Ukrainian"), new("vi", "Vietnamese"),
    ];

    /// <summary>The name of a code, or the code itself.</summary>
    public static string NameOf(string code) =>
        All.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.OrdinalIgnoreCase))?.Name ?? code;

    /// <summary>A pair such as <c>en-es</c> in words; null where it is no pair of two codes.</summary>
    public static (string From, string To)? SplitPair(string pair) =>
        pair.Split('-') is [{ Length: > 0 } from, { Length: > 0 } to] ? (from, to) : null;
}
