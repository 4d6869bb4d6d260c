using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Tests.Architecture;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Docs;

/// <summary>Lists of names in the documents are those of the code.</summary>
public sealed partial class ListedNamesTests
{
    private static readonly string Code = string.Join('\n', House.Projects.SelectMany(p => Repository.Files(p, ".cs")).Select(Repository.Read));

    [Fact]
    public void Every_type_of_event_is_in_the_table_and_no_other() => Assert.Equal(
        typeof(JobEvent).Assembly.GetTypes().Where(t => t.BaseType == typeof(JobEvent)).Select(TypeOnTheWire).Order(StringComparer.Ordinal),
        FirstCells(Section("docs/streaming.md", "Events")).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_method_of_the_hub_is_in_the_table_and_no_other() => Assert.Equal(
        typeof(JobHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetBaseDefinition() == m).Select(m => m.Name).Order(StringComparer.Ordinal),
        FirstCells(Section("docs/streaming.md", "SignalR by hand")).Select(call => call.Split('(')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Error_codes_are_codes_of_the_server()
    {
        var codes = Snake().Matches(Section("docs/api.md", "Errors")).Select(m => m.Groups["name"].Value).ToHashSet();
        Assert.True(codes.Count > 30, $"Only {codes.Count} were found.");

        Assert.All(codes, code => Assert.Contains($"\"{code}\"", Code, StringComparison.Ordinal));
    }

    [Fact]
    public void Metrics_are_instruments_of_the_server()
    {
        var names = Snake().Matches(Section("docs/operations.md", "Health and metrics")).Select(m => m.Groups["name"].Value)
            .Where(name => name.StartsWith("progresshub_", StringComparison.Ordinal))
            .Select(name => Suffix().Replace(name, "").Replace('_', '.')).Order(StringComparer.Ordinal);

        Assert.Equal(Instrument().Matches(Code).Select(m => m.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal), names);
    }

    private static string TypeOnTheWire(Type type) => JsonNamingPolicy.CamelCase.ConvertName(type.Name[..^"Event".Length]);

    private static IEnumerable<string> FirstCells(string section) => FirstCell().Matches(section).Select(m => m.Groups["name"].Value);

    private static string Section(string path, string heading) =>
        Repository.Read(path).Split("\n## ").Single(section => section.StartsWith(heading + "\n", StringComparison.Ordinal));

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    [GeneratedRegex("`(?<name>[a-z]+(?:_[a-z0-9]+)+)`")]
    private static partial Regex Snake();

    [GeneratedRegex("_(?:total|seconds)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("Create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)[^(]*\\(\\s*\"(?<name>progresshub(?:\\.[a-z]+)+)\"")]
    private static partial Regex Instrument();
}
