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
    [InlineData("test:tabs")]
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

    [Fact]
    public async Task The_official_clients_of_MCP_and_of_its_tasks_use_the_real_server()
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:00.1"));

        await RunAsync("test:mcp", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)));

        server.AssertCalm();
    }

    [Fact]
    public async Task The_client_of_Durable_Streams_reads_a_live_job_to_its_end_while_the_server_is_killed()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:00:06"), ("Translation:MaxParallelBatches", "1"));
        var text = string.Join("\n\n", Enumerable.Range(1, 20).Select(n => $"Line {n} is just long enough to be a part of its own."));
        var id = await server.Client.SubmitAsync(JobCalls.Pseudo(text, 60));
        var client = RunAsync("test:durable", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("DURABLE_JOB", id));
        foreach (var parts in (int[])[3, 9])
        {
            await Patience.UntilAsync(
                async () => (await server.Client.JsonAsync($"/api/jobs/{id}")).GetProperty("partials").GetProperty("ok").GetInt32() >= parts,
                $"{parts} parts are done");
            await server.KillAsync();
            await server.StartAsync();
        }

        await client;

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
