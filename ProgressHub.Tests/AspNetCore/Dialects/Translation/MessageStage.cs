using System.Globalization;
using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

/// <summary>A server whose configured engine the tests hold and let go, one batch at a time.</summary>
public sealed class MessageStage : IAsyncLifetime
{
    /// <summary>Each a batch of its own.</summary>
    private static readonly string[] Paragraphs =
    [
        "The keeper lit the old lamp before the storm.",
        "An old captain saw the light from his ship.",
        "The goat stood in the rain and did not move.",
        "Her brother painted the red boat once again.",
        "In the morning the sea was quiet and bright.",
    ];

    internal static string Text => string.Join("\n\n", Paragraphs);

    internal static int Batches => Paragraphs.Length;

    internal HeldEngine Engine { get; private set; } = null!;

    internal ServerProcess Server { get; private set; } = null!;

    internal HttpClient Client => Server.Client;

    public async Task InitializeAsync()
    {
        Engine = await HeldEngine.StartAsync();
        Server = await ServerProcess.StartNewAsync(Engine.Settings);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Engine.DisposeAsync();
    }

    /// <summary>Percent once so many batches are through.</summary>
    internal static int Percent(int batches) => (int)Math.Round(10 + (85.0 * batches / Batches), MidpointRounding.AwayFromZero);

    /// <summary>What stands before a batch's number in the text, in the engine's translation.</summary>
    internal static string Translation(int batch) => Paragraphs[batch].ToUpperInvariant();

    /// <summary>Submits a message as the dialect's clients do; returns the answer.</summary>
    internal async Task<JsonElement> SubmitAsync(object? message = null)
    {
        using var response = await Client.PostAsync("/messages", WebServer.Json(message ?? new { content = Text, model_name = "any" }));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        var answer = JsonDocument.Parse(body).RootElement;
        Assert.Equal($"/messages/{answer.Text("id")}", response.Headers.Location?.OriginalString);
        return answer;
    }

    internal async Task<string> SubmittedAsync(object? message = null) => (await SubmitAsync(message)).Text("id")!;

    internal Task<JsonElement> StatusAsync(string id) => Client.JsonAsync($"/messages/{id}");

    internal Task<JsonElement> PartialsAsync(string id) => Client.JsonAsync($"/messages/{id}/partial");

    /// <summary>Waits until so many batches are through, and tells where the message then stands.</summary>
    internal async Task<JsonElement> ReachAsync(string id, int batches)
    {
        var wanted = string.Create(CultureInfo.InvariantCulture, $"batch {batches}/{Batches} ");
        JsonElement status = default;
        await Patience.UntilAsync(
            async () => (status = await StatusAsync(id)).GetProperty("status").Text("message")!.Contains(wanted, StringComparison.Ordinal),
            $"{batches} batches are through");
        return status;
    }

    /// <summary>Waits for the end, and tells where the message then stands.</summary>
    internal async Task<JsonElement> EndAsync(string id)
    {
        await Client.EndAsync(id);
        return await StatusAsync(id);
    }
}

/// <summary>Its tests share the stage, and so take turns.</summary>
[CollectionDefinition(Name)]
public sealed class MessageCollection : ICollectionFixture<MessageStage>
{
    public const string Name = "Messages";
}
