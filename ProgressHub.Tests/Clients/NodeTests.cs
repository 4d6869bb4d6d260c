using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Clients;

/// <summary>Clients in Node, ours and those of others, use the real server.</summary>
public sealed class NodeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_client_and_those_of_others_see_the_same_events_of_the_real_server()
    {
        await using var server = await ServerProcess.StartNewAsync();

        await NodeScript.RunAsync(output, "test:real", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task Qdrants_own_client_takes_the_stand_in_for_Qdrant()
    {
        await using var server = await QdrantServer.StartAsync();
        server.Key = "secret-qdrant-key";

        await NodeScript.RunAsync(output, "test:qdrant", ("QDRANT_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("QDRANT_KEY", server.Key));
    }

    [Fact]
    public async Task OpenAIs_own_client_transcribes_with_the_real_PocketSphinx()
    {
        await using var server = await ServerProcess.StartNewAsync(("Dialects:Transcription:HeadersWait", "00:00:50"));
        var speech = Path.Combine(server.DataDirectory, "speech.wav");
        await File.WriteAllBytesAsync(speech, AlsaSpeech.Joined());

        await NodeScript.RunAsync(output, "test:openai", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("SPEECH", speech));

        server.AssertCalm();
    }

    [Fact]
    public async Task The_official_clients_of_MCP_and_of_its_tasks_use_the_real_server()
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:00.1"));

        await NodeScript.RunAsync(output, "test:mcp", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)));

        server.AssertCalm();
    }

    [Fact]
    public async Task The_client_of_Durable_Streams_reads_a_live_job_to_its_end_while_the_server_is_killed()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:00:06"), ("Translation:MaxParallelBatches", "1"));
        var text = string.Join("\n\n", Enumerable.Range(1, 20).Select(n => $"Line {n} is just long enough to be a part of its own."));
        var id = await server.Client.SubmitAsync(JobCalls.Pseudo(text, 60));
        var client = NodeScript.RunAsync(output, "test:durable", ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("DURABLE_JOB", id));
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
}
