using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Tests.Quotas;

/// <summary>Documents of collections and tables of sessions take room as files do.</summary>
public sealed class OwnedStorageTests
{
    private const int VectorBytes = 4 * 1024;
    private const long Most = 5 * VectorBytes;

    [Fact]
    public async Task Documents_count_with_their_vectors_and_more_than_there_is_room_for_ends_the_job()
    {
        await using var engine = await StartAsync();
        var collection = (await engine.Get<KnowledgeLibrary>().CreateAsync(EngineHost.Owner, "Papers", null, "hashed", default)).Id;

        Assert.Equal(JobState.Succeeded, (await IngestAsync(engine, collection, "fog")).State);
        Assert.InRange(await KeptAsync(engine), VectorBytes + 3, VectorBytes + 100);
        Assert.Equal(0, await KeptAsync(engine, "bob"));

        var tooMuch = await IngestAsync(engine, collection, "lamp", "horn", "wick", "oil", "rope");
        Assert.Equal((JobState.Failed, "quota_storage"), (tooMuch.State, tooMuch.Error?.Code));
        Assert.InRange(await KeptAsync(engine), VectorBytes + 3, VectorBytes + 100);

        await engine.Get<KnowledgeLibrary>().DeleteAsync(EngineHost.Owner, collection, default);
        Assert.Equal(0, await KeptAsync(engine));
    }

    [Fact]
    public async Task The_copy_of_a_sessions_file_counts_once_for_each_owner_and_needs_room()
    {
        await using var engine = await StartAsync();
        var sessions = engine.Get<AnalysisSessions>();

        var first = await CreateAsync(EngineHost.Owner, 9_000);
        await CreateAsync(EngineHost.Owner, 9_000);
        await CreateAsync("bob", 9_000);
        await sessions.CreateAsync(EngineHost.Owner, null, "prices", default);
        Assert.Equal((9_000, 9_000), (await KeptAsync(engine), await KeptAsync(engine, "bob")));
        Assert.Equal(9_000, (await engine.Get<QuotaKeeper>().FindAsync("bob", default)).Used.StorageBytes);

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => CreateAsync("bob", 12_000));
        Assert.Equal("quota_storage", refusal.Code);

        // A session that is gone has no table.
        await sessions.DeleteAsync("bob", (await sessions.ListAsync("bob", default)).Single().Id, default);
        await CreateAsync("bob", 12_000);
        Assert.Equal("n", first.DataName);

        Task<AnalysisSession> CreateAsync(string owner, int bytes) => sessions.CreateAsync(
            owner, "A table", new MemoryStream(Encoding.UTF8.GetBytes($"n\n{new string('7', bytes - 2)}")), "n", default);
    }

    private static Task<EngineHost> StartAsync() =>
        EngineHost.StartAsync(_ => { }, services => services.Configure<QuotaOptions>(quotas => quotas.StorageBytes = Most));

    private static async Task<long> KeptAsync(EngineHost engine, string owner = EngineHost.Owner)
    {
        long bytes = 0;
        foreach (var kept in engine.Get<IEnumerable<IOwnedStorage>>())
            bytes += await kept.CountBytesAsync(owner, default);
        return bytes;
    }

    private static async Task<DoneEvent> IngestAsync(EngineHost engine, string collection, params string[] texts)
    {
        var documents = string.Join(',', texts.Select(text => $$"""{"id": "{{text}}", "text": "{{text}}"}"""));
        return (await engine.RunAsync("ingest", $$"""{"collection": "{{collection}}", "documents": [{{documents}}]}""")).OfType<DoneEvent>().Single();
    }
}
