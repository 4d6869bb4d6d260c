using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Tests.Workloads.Knowledge;

/// <summary>A disk that fails and is well again: collections need no restart either.</summary>
public sealed class KnowledgeOutageTests
{
    [Theory]
    [InlineData("PRAGMA max_page_count = 1;")]
    [InlineData("PRAGMA query_only = ON;")]
    public async Task A_failed_write_is_an_outage_and_the_next_one_works(string fault)
    {
        await using var host = KnowledgeHost.Start();
        var collection = await host.CreateAsync();
        await host.RestartAsync();
        var text = string.Join("\n\n", Enumerable.Range(0, 400).Select(i => $"Paragraph {i} tells of lamp {i} and of the keeper who lights it."));

        var file = host.Get<KnowledgeDatabase>().File;
        file.ExtraWriterSettings = fault;
        var failure = await Assert.ThrowsAsync<WorkloadException>(() => host.IngestAsync(collection, new { id = "a", text }));
        Assert.Equal(("storage_unavailable", true), (failure.Code, failure.IsTransient));
        Assert.NotNull(await host.Library.FindAsync(KnowledgeHost.Owner, collection, CancellationToken.None));
        file.ExtraWriterSettings = null;

        await host.IngestAsync(collection, new { id = "a", text });
        Assert.Equal(["a"], (await host.SearchAsync(collection, "lamp 7")).Distinct());
        Assert.NotNull(await host.CreateAsync());
    }

    [Fact]
    public async Task Vectors_that_can_not_be_written_are_an_outage_and_the_next_attempt_works()
    {
        await using var host = KnowledgeHost.Start();
        var collection = await host.CreateAsync();
        var vectors = Path.Combine(host.Folder, "vectors");
        await File.WriteAllTextAsync(vectors, "A file where a folder is to be.");

        var failure = await Assert.ThrowsAsync<WorkloadException>(() => host.IngestAsync(collection, new { id = "a", text = "A lamp" }));

        Assert.Equal(("storage_unavailable", true), (failure.Code, failure.IsTransient));
        File.Delete(vectors);
        await host.IngestAsync(collection, new { id = "a", text = "A lamp" });
        Assert.Equal(["a"], await host.SearchAsync(collection, "lamp"));
    }

    [Fact]
    public async Task Making_a_collection_on_a_read_only_disk_is_an_outage_and_works_afterwards()
    {
        await using var host = KnowledgeHost.Start();
        await host.CreateAsync();
        await host.RestartAsync();
        var file = host.Get<KnowledgeDatabase>().File;

        file.ExtraWriterSettings = "PRAGMA query_only = ON;";
        await Assert.ThrowsAsync<StorageUnavailableException>(() => host.CreateAsync());
        file.ExtraWriterSettings = null;

        Assert.NotNull(await host.CreateAsync());
    }
}
