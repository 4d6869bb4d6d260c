using System.Collections.Concurrent;

namespace ProgressHub.Tests.Attacks;

/// <summary>One real server a mode, started when it is first attacked and shared by the whole suite.</summary>
public sealed class AttackServers : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<AttackServer>>> _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values.Where(s => s.IsValueCreated))
            await (await server.Value).DisposeAsync();
    }

    internal Task<AttackServer> OfAsync(string mode) => _servers.GetOrAdd(mode, static m => new(() => AttackModes.StartAsync(m))).Value;
}

/// <summary>The tests that share them.</summary>
[CollectionDefinition(Name)]
public sealed class AttackCollection : ICollectionFixture<AttackServers>
{
    public const string Name = "Attacks";
}
