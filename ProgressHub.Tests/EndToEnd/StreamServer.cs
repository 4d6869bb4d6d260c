using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A real server for a class of tests, with heartbeats that come soon and jobs that take as long as their text.</summary>
public class StreamServer : IAsyncLifetime
{
    private readonly bool _handsOver;

    public StreamServer()
        : this(handsOver: true)
    {
    }

    private protected StreamServer(bool handsOver) => _handsOver = handsOver;

    internal const string Title = "Letter";

    internal ServerProcess Process { get; private set; } = null!;

    internal HttpClient Client => Process.Client;

    public async Task InitializeAsync() => Process = await ServerProcess.StartNewAsync(
        ("Translation:PseudoDelay", "00:00:10"), ("Streaming:Heartbeat", "00:00:00.300"), ("Execution:MaxConcurrency", "100"),
        ("Streaming:HandOver", _handsOver ? "true" : "false"));

    public async Task DisposeAsync() => await Process.DisposeAsync();

    /// <summary>A job that says nothing for minutes once it runs.</summary>
    internal async Task<string> BeginQuietAsync()
    {
        var id = await Client.SubmitAsync(Quiet(), Title);
        await using var stream = await EventStream.OpenAsync(Client, $"/api/jobs/{id}/events?after=0");
        while (await stream.NextAsync() is { } item)
        {
            // The last thing it reports before its only part.
            if (item.EventType == "progress" && new SeenEvent(item.Data)["message"].GetString()!.StartsWith("Completed", StringComparison.Ordinal))
                return id;
        }

        throw new InvalidOperationException("The job ended.");
    }

    /// <summary>A job of some parts that has ended.</summary>
    internal async Task<string> FinishAsync(string title = Title)
    {
        var id = await Client.SubmitAsync(Lively(), title);
        await Client.EndAsync(id);
        return id;
    }

    /// <summary>Several parts, done within seconds.</summary>
    internal static object Lively() => JobCalls.Pseudo(
        string.Join("\n\n", Enumerable.Range(1, 8).Select(n => $"Line {n} is just long enough to be a part of its own.")), 60);

    internal static object Quiet() => JobCalls.Pseudo(LongTexts.Prose(15_000), 20_000);
}

/// <summary>The same, with streams that stay with the web server.</summary>
public sealed class ServedStreamServer() : StreamServer(handsOver: false);
