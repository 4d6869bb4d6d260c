using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Knowledge.Vectors;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Knowledge.Vectors;

/// <summary>The same contract over HTTP, against a stand-in that the official client has checked.</summary>
public sealed class QdrantVectorStoreTests : VectorStoreContract
{
    private const string Key = "secret-qdrant-key";
    private QdrantServer _server = null!;

    [Fact]
    public async Task A_wrong_key_is_said_plainly_and_never_shown()
    {
        using var store = Connect("another-key");

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => store.SearchAsync(Space, Vector(1, 0, 0, 0), 1, default));

        Assert.Equal("vector_store_rejected_key", fault.Code);
        Assert.False(fault.IsTransient);
        Assert.DoesNotContain("another-key", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, true), InlineData(503, true), InlineData(429, true), InlineData(400, false), InlineData(422, false)]
    public async Task A_failure_is_transient_where_waiting_can_help(int status, bool transient)
    {
        _server.Fail(status);

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => Store.SearchAsync(Space, Vector(1, 0, 0, 0), 1, default));

        Assert.Equal(transient, fault.IsTransient);
        Assert.StartsWith("vector_store_", fault.Code, StringComparison.Ordinal);
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(1) : null, fault.RetryAfter);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_transient_failure()
    {
        var options = new QdrantOptions { Endpoint = new Uri("http://127.0.0.1:1") };
        using var store = new QdrantVectorStore(options, new QdrantClient(options));

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => store.ReadIdsAsync(Space, default));

        Assert.Equal("vector_store_unavailable", fault.Code);
        Assert.True(fault.IsTransient);
    }

    [Fact]
    public async Task Two_servers_that_make_a_collection_at_once_both_have_it()
    {
        using var other = Connect(Key);
        await Task.WhenAll(
            Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default), other.UpsertAsync(Space, [Point(2, 0, 1, 0, 0)], default)).Soon();

        Assert.Equal([1, 2], (await Store.ReadIdsAsync(Space, default)).Order());
    }

    private protected override async Task<IVectorStore> OpenAsync()
    {
        _server = await QdrantServer.StartAsync();
        _server.Key = Key;
        return Connect(Key);
    }

    private protected override async Task CloseAsync()
    {
        ((QdrantVectorStore)Store).Dispose();
        await _server.DisposeAsync();
    }

    private QdrantVectorStore Connect(string key)
    {
        var options = new QdrantOptions { Endpoint = _server.Address, ApiKey = key };
        return new QdrantVectorStore(options, new QdrantClient(options));
    }
}
