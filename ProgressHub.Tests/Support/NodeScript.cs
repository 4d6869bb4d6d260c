using Xunit.Abstractions;

namespace ProgressHub.Tests.Support;

/// <summary>Scripts of the clients' tests, run by npm.</summary>
internal static class NodeScript
{
    private static readonly TimeSpan Limit = 5 * Patience.Limit;

    private static string Folder => Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients");

    /// <summary>Runs one; it has to run at least one test, fail none and skip none.</summary>
    public static async Task RunAsync(ITestOutputHelper output, string script, params (string Key, string Value)[] environment)
    {
        Assert.True(
            Directory.Exists(Path.Combine(Folder, "node_modules")),
            $"The packages of the client's tests are missing: run `npm install` in {Folder}, or ./test, which does.");

        var said = await CommandRun.SucceedAsync("npm", ["run", "--silent", script], Folder, Limit, environment);

        output.WriteLine(said);
        Assert.Matches(@"(?m)^\S* ?pass [1-9]", said);
        Assert.Matches(@"(?m)^\S* ?fail 0$", said);
        Assert.Matches(@"(?m)^\S* ?skipped 0$", said);
    }
}
