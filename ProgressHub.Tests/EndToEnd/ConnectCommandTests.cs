using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Connect;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>What the page Connect shows for a shell and for libraries does its work as it stands.</summary>
public sealed class ConnectCommandTests(ConnectServer own, ITestOutputHelper output) : IClassFixture<ConnectServer>
{
    private const string Recording = "talk.wav";

    /// <summary>A line for each way to connect: its name, and something that is said in its end.</summary>
    public static TheoryData<string, string> Ways => new()
    {
        { "native", "⟦" },
        { "events", "event: done" },
        { "messages", "partial_results" },
        { "enhanced", "\"type\":\"enhanced_complete\"" },
        { "streaming", "\"type\":\"streaming_progress\"" },
        { "transcribe", "transcript.text.done" },
        { "session", "Analysis results ready for display" },
    };

    [Fact]
    public void Every_way_is_run_here() =>
        Assert.Equal(Snippets.All.Select(s => s.Name), Ways.Select(row => (string)row[0]));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_commands_work_as_they_stand(string name, string end)
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-connect-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, Recording), AlsaSpeech.Joined());
            var commands = Snippets.At(own.Address, Snippets.All.Single(s => s.Name == name).Curl);

            var said = await CommandRun.SucceedAsync("bash", ["-c", $"set -eu\n{commands}"], folder, Patience.Limit);

            output.WriteLine(said);
            Assert.Contains(end, said, StringComparison.Ordinal);
            own.Server.AssertCalm();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task OpenAIs_library_streams_a_transcript_as_it_is_shown()
    {
        var program = Snippets.At(own.Address, Snippets.All.Single(s => s.Name == "transcribe").Library!.Text);
        var recording = Path.Combine(own.Server.DataDirectory, Recording);
        await File.WriteAllBytesAsync(recording, AlsaSpeech.Joined());

        // Packages are found from the folder it is run in.
        var said = await CommandRun.SucceedAsync(
            "node", ["--input-type=module", "-e", program.Replace(Recording, recording, StringComparison.Ordinal)],
            Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients"), Patience.Limit);

        output.WriteLine(said);
        Assert.Contains("center", said, StringComparison.Ordinal);
    }
}
