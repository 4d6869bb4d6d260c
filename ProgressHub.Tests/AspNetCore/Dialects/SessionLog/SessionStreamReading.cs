using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>A message of a session's stream: its id, and the line it tells.</summary>
internal sealed record SessionMessage(string? Id, JsonElement Line)
{
    public string Text => Line.Text("message")!;
}

/// <summary>Reads a session's stream as an EventSource does.</summary>
internal static class SessionStreamReading
{
    public static async Task<SessionMessage> NextMessageAsync(this EventStream stream)
    {
        var item = await stream.NextAsync() ?? throw new InvalidOperationException("The stream has ended.");

        // Named events do not reach the onmessage of the document.
        Assert.Equal("message", item.EventType);
        return new SessionMessage(item.EventId, JsonDocument.Parse(item.Data).RootElement);
    }

    /// <summary>All messages up to one that begins so, that one included.</summary>
    public static async Task<List<SessionMessage>> UntilAsync(this EventStream stream, string beginning)
    {
        List<SessionMessage> messages = [];
        do
            messages.Add(await stream.NextMessageAsync());
        while (!messages[^1].Text.StartsWith(beginning, StringComparison.Ordinal));
        return messages;
    }
}
