using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Architecture;

/// <summary>What holds in every file.</summary>
public sealed partial class HouseRuleTests
{
    private const int MostLines = 300;

    private static readonly string[] Folders =
        [.. House.Projects, "ProgressHub.Tests", "ProgressHub.Benchmarks", "wwwroot-assets"];

    [Fact]
    public void No_file_is_longer_than_300_lines()
    {
        var files = Folders.SelectMany(p => Repository.Files(p, ".cs", ".razor", ".js", ".mjs", ".css"))
            .Where(f => !f.Contains("/vendor/", StringComparison.Ordinal)).ToArray();

        Assert.True(files.Length > 100, $"Only {files.Length} files were found in {Repository.Root}.");
        Assert.DoesNotContain(files.Select(f => (File: f, Lines: LineCount(Repository.Read(f)))), f => f.Lines > MostLines);
    }

    [Fact]
    public void A_files_namespace_is_its_folder()
    {
        var files = House.Projects.SelectMany(p => Repository.Files(p, ".cs"));

        Assert.DoesNotContain(files, f => NamespaceOf(Repository.Read(f)) is { } name && name != FolderName(f));
    }

    [Fact]
    public void No_constructor_of_the_engine_takes_more_than_six_things() => Assert.DoesNotContain(
        House.TypesOf("ProgressHub.Core")
            .Where(t => !t.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false))
            .SelectMany(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)),
        c => c.GetParameters().Length > 6);

    [Fact]
    public void Time_comes_from_a_time_provider_and_nothing_blocks_a_thread_to_wait() => Assert.Empty(Banned(House.Types));

    [Fact]
    public void Code_that_asks_the_system_for_the_time_is_found() => Assert.Equal(
        ["DateTime.get_Today", "DateTime.get_UtcNow", "DateTimeOffset.get_Now", "Environment.get_TickCount64", "Stopwatch.GetTimestamp"],
        Banned([typeof(Offender)]).Select(b => b.Split(": ")[1]));

    [Fact]
    public void JSON_that_is_read_strictly_lacks_nothing_that_a_record_needs()
    {
        var strict = House.Types.Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(JsonSerializerContext)))
            .Select(t => (t.Name, ((JsonSerializerContext)t.GetProperty("Default")!.GetValue(null)!).Options)).Where(c => c.Options.RespectNullableAnnotations).ToArray();

        Assert.True(strict.Length >= 10, $"Only {strict.Length} of them read strictly.");
        Assert.DoesNotContain(strict, c => !c.Options.RespectRequiredConstructorParameters);
    }

    // A browser ignores Enter while a form's button is disabled (WHATWG HTML, "implicit submission"), and the server hears of a
    // letter later than the reader presses Enter.
    [Fact]
    public void No_form_waits_for_the_server_to_see_its_field_before_it_can_be_sent() => Assert.DoesNotContain(
        Repository.Files("ProgressHub.Web", ".razor").SelectMany(f => SendButtons().Matches(Repository.Read(f)).Select(m => m.Value)),
        button => button.Contains("IsNullOr", StringComparison.Ordinal));

    private static IEnumerable<string> Banned(IEnumerable<Type> types) => CodeUse.OfMembers(types)
        .Where(use => IsBanned(use.Used))
        .Select(use => $"{use.User}: {use.Used.DeclaringType!.Name}.{use.Used.Name}").Distinct().Order(StringComparer.Ordinal);

    private static bool IsBanned(MemberInfo member) => (member.DeclaringType?.FullName, member.Name) switch
    {
        ("System.DateTime", "get_Now" or "get_UtcNow" or "get_Today") => true,
        ("System.DateTimeOffset", "get_Now" or "get_UtcNow") => true,
        ("System.Environment", "get_TickCount" or "get_TickCount64") => true,
        ("System.Diagnostics.Stopwatch", ".ctor" or "StartNew" or "GetTimestamp") => true,
        ("System.Threading.Thread", "Sleep") => true,
        ("System.Threading.Tasks.Task", "Delay") =>
            ((MethodInfo)member).GetParameters().All(p => p.ParameterType != typeof(TimeProvider)),
        var (type, name) => name == ".ctor" && type?.StartsWith("System.Progress`1", StringComparison.Ordinal) == true,
    };

    [GeneratedRegex("""<button type="submit"[^\n]*|<MudButton[^\n]*ButtonType\.Submit[^\n]*""")]
    private static partial Regex SendButtons();

    private static int LineCount(string text) => text.TrimEnd('\n').Count(c => c == '\n') + 1;

    private static string? NamespaceOf(string text) =>
        Declaration().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private static string FolderName(string file) => Path.GetDirectoryName(file)!.Replace('/', '.').Replace('\\', '.');

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    private static class Offender
    {
#pragma warning disable RS0030 // That is what it is for.
        public static object[] Offend() =>
            [DateTime.UtcNow, DateTime.Today, DateTimeOffset.Now, Environment.TickCount64, System.Diagnostics.Stopwatch.GetTimestamp()];
#pragma warning restore RS0030
    }
}
