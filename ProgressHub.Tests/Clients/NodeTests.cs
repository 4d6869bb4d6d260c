using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Clients;

/// <summary>
/// Runs the tests of the JavaScript client and of the plain page, which are Node's own, as part of the suite.
/// </summary>
public sealed class NodeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Limit = 5 * Patience.Limit;

    private static string Folder => Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients");

    [Theory]
    [InlineData("test")]
    [InlineData("test:page")]
    public Task The_client_and_the_page_pass_their_tests_against_a_server_that_breaks_on_demand(string script) => RunAsync(script);

    [Fact]
    public async Task The_client_and_those_of_others_see_the_same_events_of_the_real_server()
    {
        await using var server = await ServerProcess.StartNewAsync();

        await RunAsync("test:real", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task Qdrants_own_client_takes_the_stand_in_for_Qdrant()
    {
        await using var server = await QdrantServer.StartAsync();
        server.Key = "secret-qdrant-key";

        await RunAsync("test:qdrant", ("QDRANT_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("QDRANT_KEY", server.Key));
    }

    [Fact]
    public async Task OpenAIs_own_client_transcribes_with_the_real_PocketSphinx()
    {
        await using var server = await ServerProcess.StartNewAsync(("Dialects:Transcription:HeadersWait", "00:00:50"));
        var speech = Path.Combine(server.DataDirectory, "speech.wav");
        await File.WriteAllBytesAsync(speech, AlsaSpeech.Joined());

        await RunAsync("test:openai", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("SPEECH", speech));

        server.AssertCalm();
    }

    private async Task RunAsync(string script, params (string Key, string Value)[] environment)
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
