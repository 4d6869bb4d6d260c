using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Tests.Workloads.Knowledge;

/// <summary>What becomes of a job while the Qdrant server is away.</summary>
public sealed class QdrantJobTests : IAsyncLifetime
{
    private QdrantServer _qdrant = null!;
    private EngineHost _engine = null!;

    public async Task InitializeAsync()
    {
        _qdrant = await QdrantServer.StartAsync();
        _engine = await EngineHost.StartAsync(_ => { }, services => services.Configure<QdrantOptions>(o => o.Endpoint = _qdrant.Address));
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _qdrant.DisposeAsync();
    }

    [Fact]
    public async Task It_waits_says_so_and_goes_on_once_the_server_is_back()
    {
        _qdrant.Down = StatusCode.Unavailable;
        var job = await SubmitAsync();
        var seen = new List<JobEvent>();
        var follow = await _engine.Get<EventFeeds>().WatchAsync(job, 0, CancellationToken.None).Soon();
        await using var events = follow!.Events.GetAsyncEnumerator();
        while (await events.MoveNextAsync().Soon())
        {
            seen.Add(events.Current);
            if (events.Current is RetryingEvent)
                _qdrant.Down = null;
        }

        Assert.Contains("Qdrant", seen.OfType<RetryingEvent>().First().Reason, StringComparison.Ordinal);
        Assert.Equal(JobState.Succeeded, Assert.IsType<DoneEvent>(seen[^1]).State);
        Assert.Single(_qdrant.Stand.Names);
    }

    [Fact]
    public async Task One_that_waited_in_vain_says_what_to_do()
    {
        _qdrant.Down = StatusCode.Unavailable;

        var done = Assert.IsType<DoneEvent>((await _engine.EndAsync(await SubmitAsync()))[^1]);

        Assert.Equal((JobState.Failed, "vector_store_unavailable"), (done.State, done.Error?.Code));
        Assert.Contains("Knowledge:Qdrant:Endpoint", done.Error?.Message, StringComparison.Ordinal);
    }

    private async Task<JobId> SubmitAsync()
    {
        var collection = await _engine.Get<KnowledgeLibrary>().CreateAsync(EngineHost.Owner, "Papers", null, null, CancellationToken.None);
        var input = $$"""{"collection": "{{collection.Id}}", "documents": [{"id": "a", "text": "Puffins nest in burrows."}]}""";
        return (await _engine.SubmitAsync("ingest", input)).JobId;
    }
}
