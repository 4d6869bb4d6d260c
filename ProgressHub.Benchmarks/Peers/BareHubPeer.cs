using Microsoft.AspNetCore.SignalR;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>What SignalR offers: a group, and a send to it for each event.</summary>
internal sealed class BareHubPeer : IPublisher
{
    private IHubContext<BareHub>? _hub;

    public BareHubPeer(WebApplicationBuilder builder) => builder.Services.AddSignalR();

    public void Map(WebApplication app)
    {
        _hub = app.Services.GetRequiredService<IHubContext<BareHub>>();
        app.MapHub<BareHub>("/hub");
        app.MapPost("/begin", () => "job");
    }

    public ValueTask PublishAsync(int number) =>
        new(_hub!.Clients.Group("job").SendAsync("events", PeerEvent.Create(number)));
}

/// <summary>A hub with nothing but a group.</summary>
internal sealed class BareHub : Hub
{
    public Task Watch(string jobId, long? after = null) => Groups.AddToGroupAsync(Context.ConnectionId, jobId);
}
