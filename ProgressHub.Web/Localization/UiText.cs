using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace ProgressHub.Web.Localization;

/// <summary>
/// The texts of the UI in the reader's language. A text is asked for by its English words, and is those words where the
/// language is English; those of another language are in a file <c>NAME.json</c> beside this class.
/// </summary>
internal sealed class UiText : IStringLocalizer
{
    /// <summary>The language the texts are written in.</summary>
    public const string SourceLanguage = "en";

    private const string Folder = "ProgressHub.Web.Localization.";

    private static readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> Read = new(StringComparer.Ordinal);

    /// <summary>The languages there are, each with its name in itself.</summary>
    public static IReadOnlyList<(string Name, string Label)> Languages { get; } = [(SourceLanguage, "English"), ("zh-Hant", "繁體中文")];

    /// <summary>A text.</summary>
    public string this[string text] => Of(text);

    /// <summary>A text with values in the places <c>{0}</c>, <c>{1}</c>, …</summary>
    public string this[string text, params object?[] values] => Of(text, values);

    LocalizedString IStringLocalizer.this[string name] => new(name, Of(name));

    LocalizedString IStringLocalizer.this[string name, params object[] arguments] => new(name, Of(name, arguments));

    /// <summary>Whether the reader's language is the one the texts are written in.</summary>
    public static bool IsSource => In(CultureInfo.CurrentUICulture).Count == 0;

    /// <summary>Which of the languages a culture is shown in.</summary>
    public static string LanguageOf(CultureInfo culture)
    {
        for (; culture.Name.Length > 0; culture = culture.Parent)
        {
            if (Languages.Any(language => language.Name == culture.Name))
                return culture.Name;
        }

        return SourceLanguage;
    }

    /// <summary>A text, for those who can't be given this.</summary>
    public static string Of(string text) => In(CultureInfo.CurrentUICulture).GetValueOrDefault(text, text);

    /// <summary>A text with values, for those who can't be given this.</summary>
    public static string Of(string text, params object?[] values) =>
        string.Format(CultureInfo.InvariantCulture, Of(text), values);

    /// <summary>
    /// A text that goes by a number: the one form of one, the other of all else, with the number in the place <c>{0}</c>. Both
    /// are texts of their own, so that a language may have one form or two.
    /// </summary>
    public static string Plural(double count, string one, string other, params object?[] more) =>
        Of(Math.Abs(count - 1) < double.Epsilon ? one : other, [count, .. more]);

    /// <summary>Marks a text that is asked for later, by whoever shows it.</summary>
    public static string Key(string text) => text;

    /// <summary>All texts of a language by their English words; none for English.</summary>
    public static IReadOnlyDictionary<string, string> All(string language) => Read.GetOrAdd(language, static name =>
    {
        using var file = typeof(UiText).Assembly.GetManifestResourceStream($"{Folder}{name}.json");
        return file is null
            ? FrozenDictionary<string, string>.Empty
            : JsonSerializer.Deserialize(file, UiTextJson.Default.DictionaryStringString)!.ToFrozenDictionary(StringComparer.Ordinal);
    });

    IEnumerable<LocalizedString> IStringLocalizer.GetAllStrings(bool includeParentCultures) =>
        In(CultureInfo.CurrentUICulture).Select(static text => new LocalizedString(text.Key, text.Value));

    // zh-TW is read as its parent, zh-Hant.
    private static IReadOnlyDictionary<string, string> In(CultureInfo culture) => All(LanguageOf(culture));
}
