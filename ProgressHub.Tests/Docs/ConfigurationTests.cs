using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Docs;

/// <summary>docs/configuration.md has every key, with the default that it really has.</summary>
public sealed partial class ConfigurationTests
{
    /// <summary>Keys whose default is the machine's; the document says how it is made.</summary>
    private static readonly HashSet<string> OfTheMachine = ["Execution:MaxConcurrency", "Storage:Readers", "Transcription:MaxConcurrency"];

    private static readonly IReadOnlyList<(string Key, string Default, string Unit, string Meaning)> Rows =
    [
        .. Row().Matches(Repository.Read("docs/configuration.md")).Select(m => (
            m.Groups["key"].Value, m.Groups["default"].Value.Trim(), m.Groups["unit"].Value.Trim(), m.Groups["meaning"].Value.Trim())),
    ];

    [Fact]
    public void Every_key_of_every_options_class_is_in_the_tables_once_and_no_other()
    {
        Assert.True(OptionKey.All.Count > 80, $"Only {OptionKey.All.Count} keys were found.");

        Assert.Equal(
            OptionKey.All.Select(option => option.Key).Order(StringComparer.Ordinal),
            Rows.Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_defaults_are_the_real_ones()
    {
        var rows = Rows.ToLookup(row => row.Key, row => row.Default);

        Assert.Empty(OptionKey.All
            .Where(option => !OfTheMachine.Contains(option.Key) && rows[option.Key].Any(text => text != DefaultText.Of(option)))
            .Select(option => $"{option.Key}: {DefaultText.Of(option)}, and not {rows[option.Key].First()}"));
    }

    [Fact]
    public void Every_row_says_its_unit_and_its_meaning()
    {
        var types = OptionKey.All.ToDictionary(option => option.Key, option => option.Type);

        Assert.All(Rows, row =>
        {
            Assert.NotEqual("", row.Meaning);
            Assert.NotEqual("", row.Unit);
            Assert.Equal(types[row.Key] == typeof(TimeSpan), row.Unit == "time");
            Assert.Equal(row.Key.EndsWith("Bytes", StringComparison.Ordinal), row.Unit == "bytes");
        });
    }

    [GeneratedRegex(@"^\| `(?<key>[A-Z]\w*(?::\w+)+)` \| (?<default>[^|]*) \| (?<unit>[^|]*) \| (?<meaning>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
