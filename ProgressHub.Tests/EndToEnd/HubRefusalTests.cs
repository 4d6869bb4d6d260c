using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>What the hub refuses a client is told to the client, not to the operator.</summary>
public sealed class HubRefusalTests
{
    private static readonly string Nobody = new('0', 32);

    [Fact]
    public async Task A_refused_call_is_answered_and_not_logged_as_a_failure()
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:00"));
        var id = await server.Client.SubmitAsync(StreamServer.Lively());
        await using var hub = HubClient.ConnectionTo(server.Address);
        await hub.StartAsync().Soon();

        foreach (var refused in (Func<Task>[])
        [
            () => hub.InvokeAsync<JsonElement>("Watch", Nobody, 0),
            () => hub.InvokeAsync<JsonElement>("Watch", "rubbish", 0),
            () => hub.InvokeAsync("Unwatch", "rubbish"),
            () => hub.InvokeAsync<JsonElement>("Cancel", Nobody),
            () => hub.InvokeAsync("Answer", id, "none", "yes"),
            () => hub.StreamAsync<JsonElement>("Stream", Nobody, 0).FirstAsync().AsTask(),
        ])
        {
            var refusal = await Assert.ThrowsAsync<HubException>(() => refused().Soon());
            Assert.Matches("job_not_found|no_pending_input", refusal.Message);
        }

        server.AssertCalm();
    }
}
