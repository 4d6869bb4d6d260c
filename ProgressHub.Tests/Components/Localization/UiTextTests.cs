using System.Globalization;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Localization;

namespace ProgressHub.Tests.Components.Localization;

/// <summary>Every text of the UI can be had in every language, and none stands in a page as it is.</summary>
public sealed partial class UiTextTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "ProgressHub.Web");

    // Names and what is the same in every language.
    private static readonly HashSet<string> Untranslated = ["ProgressHub", "Ctrl K", "ms", "KB", ".log", ".ndjson", "curl -N", "webhook", "upload_incomplete", "examples/progresshub-run", "NN%", "((front | rear) (left | right))+"];

    public static TheoryData<string> Languages() => [.. UiText.Languages.Select(language => language.Name).Where(name => name != UiText.SourceLanguage)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_text_is_missing_and_none_is_left_over(string language)
    {
        var asked = Sources("*.razor").Concat(Sources("*.cs")).SelectMany(file => Asked().Matches(File.ReadAllText(file)))
            .Select(match => Regex.Unescape(match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        asked.UnionWith(OfWatchPage().Matches(File.ReadAllText(Path.Combine(Repository.Root, "wwwroot-assets", "watch", "watch.html"))).Select(match => match.Groups[1].Value));
        var known = UiText.All(language).Keys.ToHashSet(StringComparer.Ordinal);

        Assert.True(asked.Count > 800, "The texts are asked for in another way than this test knows.");
        Assert.Empty(asked.Except(known).Order(StringComparer.Ordinal));
        Assert.Empty(known.Except(asked).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_translation_has_the_same_places_for_values(string language)
    {
        var wrong = UiText.All(language).Where(text => !Places(text.Key).SetEquals(Places(text.Value)) || string.IsNullOrWhiteSpace(text.Value));

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_page_holds_a_text_of_its_own()
    {
        var literal = Sources("*.razor").SelectMany(file =>
        {
            var markup = CodeBlock().Replace(Calls().Replace(File.ReadAllText(file), ""), "");
            return Literal().Matches(markup).Select(match => (match.Groups["text"].Value + match.Groups["value"].Value).Trim())
                .Where(text => Word().IsMatch(text) && !Untranslated.Contains(text)).Select(text => $"{Path.GetFileName(file)}: {text}");
        });

        Assert.Empty(literal);
    }

    [Theory]
    [InlineData("en", "Jobs")]
    [InlineData("en-GB", "Jobs")]
    [InlineData("zh-Hant", "工作")]
    [InlineData("zh-TW", "工作")]
    [InlineData("zh-HK", "工作")]
    [InlineData("de", "Jobs")]
    public void A_culture_is_shown_in_its_language_or_in_English(string culture, string expected)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo(culture);

            Assert.Equal(expected, UiText.Of("Jobs"));
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void What_the_built_in_workloads_call_their_kinds_and_stages_can_be_had_in_every_language()
    {
        var labels = Directory.EnumerateFiles(Path.Combine(Repository.Root, "ProgressHub.Workloads"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => ServerLabel().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value + match.Groups[2].Value).ToHashSet(StringComparer.Ordinal);

        Assert.True(labels.Count > 15, "Stages are named in another way than this test knows.");
        Assert.Empty(labels.Except(ServerWords.All).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, "0 rows")]
    [InlineData(1, "1 row")]
    [InlineData(2, "2 rows")]
    [InlineData(1234, "1,234 rows")]
    public void One_of_a_thing_is_said_in_the_form_of_one(int count, string expected) =>
        Assert.Equal(expected, UiText.Plural(count, "1 row", "{0:N0} rows"));

    private static IEnumerable<string> Sources(string pattern) => Directory.EnumerateFiles(Folder, pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(""""(?:\bL\[|UiText\.Of\(|UiText\.Key\()\s*"((?:[^"\\]|\\.)*)["]"""")]
    private static partial Regex Asked();

    [GeneratedRegex(""""\bStage(?: \w+ = new)?\((?:"[a-z_]+"|[A-Za-z.]+), "([^"]+)"|override string Label => "([^"]+)["]"""")]
    private static partial Regex ServerLabel();

    [GeneratedRegex(@"\{\{t:([^{}]+)\}\}")]
    private static partial Regex OfWatchPage();

    // What is asked for, with quotation marks that would end an attribute.
    [GeneratedRegex("""\bL\["(?:[^"\\]|\\.)*"(?:[^\]\[]|\[[^\]]*\])*\]""")]
    private static partial Regex Calls();

    [GeneratedRegex(@"@code \{.*", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    // A text between two tags on a line, or the value of an attribute that is read out or shown.
    [GeneratedRegex(""""(?<=[\w"/]>)(?<text>[^<>@{}()=;\r\n]+)(?=<)|\s(?:aria-label|title|placeholder|alt|Label|Heading|Placeholder|Hint|Yes|No|Prefix)="(?<value>[^"@]*)["]"""")]
    private static partial Regex Literal();

    [GeneratedRegex("[A-Za-z]{2,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{[0-9]")]
    private static partial Regex Place();
}
