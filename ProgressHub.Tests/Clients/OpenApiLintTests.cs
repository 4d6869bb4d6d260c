using System.Text.Json;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Clients;

/// <summary>The API's description, judged by a linter of others (Redocly, its recommended rules).</summary>
public sealed class OpenApiLintTests(ITestOutputHelper output)
{
    private static string Folder => Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients");

    [Fact]
    public async Task A_linter_finds_nothing_wrong_with_the_description_of_the_real_server()
    {
        await using var server = await ServerProcess.StartNewAsync();
        var description = Path.Combine(server.DataDirectory, "openapi.json");
        await File.WriteAllTextAsync(description, await server.Client.GetStringAsync("/openapi/v1.json"));

        var said = await LintAsync(description);

        Assert.Equal((0, 0), Totals(said));
    }

    [Fact]
    public async Task The_linter_finds_what_is_wrong()
    {
        var description = Path.Combine(Path.GetTempPath(), $"progresshub-{Guid.NewGuid():N}.json");
        try
        {
            await File.WriteAllTextAsync(
                description, """{"openapi":"3.1.1","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"responses":{}}}}}""");

            Assert.True(Totals(await LintAsync(description)).Errors > 0);
        }
        finally
        {
            File.Delete(description);
        }
    }

    private async Task<string> LintAsync(string description)
    {
        // Errors are in what it says; they are also its exit code, which would hide what they are.
        var said = await CommandRun.SucceedAsync(
            "sh", ["-c", "npx --no-install redocly lint \"$0\" --format=json 2>/dev/null || true", description], Folder, 5 * Patience.Limit,
            ("REDOCLY_TELEMETRY", "off"), ("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
        output.WriteLine(said);
        return said;
    }

    private static (int Errors, int Warnings) Totals(string said)
    {
        using var report = JsonDocument.Parse(said[said.IndexOf('{', StringComparison.Ordinal)..(said.LastIndexOf('}') + 1)]);
        var totals = report.RootElement.GetProperty("totals");
        return (totals.GetProperty("errors").GetInt32(), totals.GetProperty("warnings").GetInt32());
    }
}
