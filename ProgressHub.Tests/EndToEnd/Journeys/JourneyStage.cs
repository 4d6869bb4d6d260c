using Microsoft.Playwright;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>One browser and one server, with an engine that the tests hold and let go, for all journeys.</summary>
public sealed class JourneyStage : IAsyncLifetime
{
    private IPlaywright? _playwright;

    internal IBrowser Browser { get; private set; } = null!;

    internal HeldEngine Engine { get; private set; } = null!;

    internal ServerProcess Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(ChromiumFactAttribute.Chromium))
            return;
        Assertions.SetDefaultExpectTimeout((float)Patience.Limit.TotalMilliseconds);
        Engine = await HeldEngine.StartAsync();

        // A message is given up once it was sent in vain.
        Server = await ServerProcess.StartNewAsync(
            [.. Engine.Settings, ("Webhooks:AllowPrivateAddresses", "true"), ("Webhooks:GiveUpAfter", "00:00:00")]);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFactAttribute.Chromium,
            Timeout = (float)Patience.Limit.TotalMilliseconds,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.CloseAsync();
        _playwright?.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        if (Engine is not null)
            await Engine.DisposeAsync();
    }
}

/// <summary>The journeys share the stage, and so take turns.</summary>
[CollectionDefinition(Name)]
public sealed class JourneyCollection : ICollectionFixture<JourneyStage>
{
    public const string Name = "Journeys";
}
