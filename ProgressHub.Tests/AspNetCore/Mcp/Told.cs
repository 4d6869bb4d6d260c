using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Mcp;

/// <summary>What a client was told of a call's progress.</summary>
internal sealed partial class Told : IProgress<ProgressNotificationValue>
{
    private readonly ConcurrentQueue<ProgressNotificationValue> _all = new();

    public IReadOnlyList<ProgressNotificationValue> All => [.. _all];

    public void Report(ProgressNotificationValue value) => _all.Enqueue(value);

    /// <summary>Waits for a message.</summary>
    public Task UntilAsync(string message) => Patience.UntilAsync(() => _all.Any(v => v.Message == message), $"'{message}' is told");

    /// <summary>The job, which the first message names.</summary>
    public async Task<string> JobAsync()
    {
        // The client hands its messages out side by side, so that the first need not be the first here.
        Match? named = null;
        await Patience.UntilAsync(
            () => (named = _all.Select(value => First().Match(value.Message!)).FirstOrDefault(m => m.Success)) is not null, "the job is named");
        return named!.Groups[1].Value;
    }

    [GeneratedRegex("^Job ([0-9a-f]{32}): ")]
    private static partial Regex First();
}

/// <summary>Calls with progress.</summary>
internal static class ToldCalls
{
    /// <summary>Calls a tool and is told of its progress.</summary>
    public static Task<CallToolResult> CallToolAsync(
        this McpClient client, CallToolRequestParams call, IProgress<ProgressNotificationValue> told, CancellationToken cancellationToken = default) =>
        client.CallToolAsync(
            call.Name, call.Arguments!.ToDictionary(a => a.Key, a => (object?)a.Value), told, cancellationToken: cancellationToken).AsTask();

    /// <inheritdoc cref="CallToolAsync(McpClient, CallToolRequestParams, IProgress{ProgressNotificationValue}, CancellationToken)"/>
    public static Task<CallToolResult> CallToolAsync(this McpClient client, CallToolRequestParams call) =>
        client.CallToolAsync(call, CancellationToken.None).AsTask();
}
