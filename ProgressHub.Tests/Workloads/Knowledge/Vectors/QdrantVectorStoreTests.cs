using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Vectors;
using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace ProgressHub.Tests.Workloads.Knowledge.Vectors;

/// <summary>The same contract over gRPC, against a stand-in that the official JavaScript client has checked.</summary>
public sealed class QdrantVectorStoreTests : VectorStoreContract
{
    private const string Key = "secret-qdrant-key";
    private QdrantServer _server = null!;

    [Fact]
    public async Task A_wrong_key_is_said_plainly_and_never_shown()
    {
        using var store = Connect(_server.Address, "another-key");

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => store.SearchAsync(Space, Vector(1, 0, 0, 0), 1, null, default));

        Assert.Equal("vector_store_rejected_key", fault.Code);
        Assert.False(fault.IsTransient);
        Assert.DoesNotContain("another-key", fault.Message, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, "vector_store_unavailable", true)]
    [InlineData(StatusCode.Internal, "vector_store_unavailable", true)]
    [InlineData(StatusCode.DeadlineExceeded, "vector_store_unavailable", true)]
    [InlineData(StatusCode.InvalidArgument, "vector_store_failed", false)]
    [InlineData(StatusCode.Unimplemented, "vector_store_failed", false)]
    [InlineData(StatusCode.PermissionDenied, "vector_store_rejected_key", false)]
    public async Task A_failure_is_transient_where_waiting_can_help_and_then_the_call_is_made_again(StatusCode status, string code, bool transient)
    {
        _server.Down = status;

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => Store.SearchAsync(Space, Vector(1, 0, 0, 0), 1, null, default));

        Assert.Equal((code, transient), (fault.Code, fault.IsTransient));
        Assert.Equal(transient ? 4 : 1, _server.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_fails_for_a_moment_is_made_again()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default);
        _server.Fail(StatusCode.Unavailable, StatusCode.Internal);

        Assert.Equal([1], await Store.ReadIdsAsync(Space, default));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_long_pause_is_left_alone_for_as_long()
    {
        _server.Fail(StatusCode.ResourceExhausted);

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => Store.ReadIdsAsync(Space, default));

        Assert.Equal(("vector_store_busy", true, TimeSpan.FromSeconds(30)), (fault.Code, fault.IsTransient, fault.RetryAfter));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_transient_failure_that_says_what_to_see_to()
    {
        using var store = Connect(new Uri("http://127.0.0.1:1"), Key);

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => store.ReadIdsAsync(Space, default));

        Assert.Equal("vector_store_unavailable", fault.Code);
        Assert.True(fault.IsTransient);
        Assert.Contains("127.0.0.1:1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Knowledge:Qdrant:Endpoint", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_gRPC_server_is_said_to_be_none()
    {
        var (web, address) = await LoopbackApp.StartAsync(static app => app.MapGet("/", () => "Hello."));
        await using var _ = web;
        using var store = Connect(new Uri(address), Key);

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => store.ReadIdsAsync(Space, default));

        Assert.Equal(("vector_store_failed", false), (fault.Code, fault.IsTransient));
        Assert.Contains("6334", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_a_server_that_is_away_ends_at_once_when_the_job_is_canceled()
    {
        using var canceled = new CancellationTokenSource();
        var time = new ManualTime();
        using var store = Connect(_server.Address, Key, time: time);
        _server.Down = StatusCode.Unavailable;
        var waiting = store.ReadIdsAsync(Space, canceled.Token);
        await Patience.UntilAsync(() => time.Armed > 0, "it waits");

        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).Soon();
    }

    [Fact]
    public async Task Each_collection_is_one_of_its_own_that_says_what_made_its_vectors()
    {
        var space = Space with { Model = "hashed-2" };
        await Store.UpsertAsync(space, [Point(1, 1, 0, 0, 0)], default);
        await Store.UpsertAsync(new VectorSpace("others", 4), [Point(1, 1, 0, 0, 0)], default);

        Assert.Equal(["progresshub_others_4", "progresshub_papers_4"], _server.Stand.Names);
        Assert.Equal("hashed-2", _server.Stand.MetadataOf("progresshub_papers_4")["model"].StringValue);

        await Store.UpsertAsync(space with { Model = "openai/small" }, [Point(1, 1, 0, 0, 0)], default);
        await Store.DropAsync(new VectorSpace("others", 4), default);

        Assert.Equal(["progresshub_papers_4"], _server.Stand.Names);
        Assert.Equal("openai/small", _server.Stand.MetadataOf("progresshub_papers_4")["model"].StringValue);
    }

    [Fact]
    public async Task A_collection_of_that_name_with_vectors_of_another_length_is_refused_in_words()
    {
        using var client = new QdrantClient(_server.Address, Key);
        await client.CreateCollectionAsync("progresshub_papers_4", new VectorParams { Size = 3, Distance = Distance.Cosine });

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default));

        Assert.Equal(("dimension_mismatch", false), (fault.Code, fault.IsTransient));
    }

    [Fact]
    public async Task A_server_that_has_lost_everything_is_empty_and_is_written_to_again()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default);
        _server.Stand.Clear();

        Assert.Empty(await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 1, null, default));
        await Store.UpsertAsync(Space, [Point(2, 1, 0, 0, 0)], default);
        _server.Stand.Clear();
        await Store.UpsertAsync(Space, [Point(3, 1, 0, 0, 0)], default);

        Assert.Equal([3], await Store.ReadIdsAsync(Space, default));
    }

    [Fact]
    public async Task Two_servers_that_make_a_collection_at_once_both_have_it()
    {
        using var other = Connect(_server.Address, Key);
        await Task.WhenAll(
            Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default), other.UpsertAsync(Space, [Point(2, 0, 1, 0, 0)], default)).Soon();

        Assert.Equal([1, 2], (await Store.ReadIdsAsync(Space, default)).Order());
    }

    [Fact]
    public async Task What_an_earlier_release_kept_in_a_shared_collection_is_moved_over_when_it_is_next_used()
    {
        using var client = new QdrantClient(_server.Address, Key);
        await client.CreateCollectionAsync("progresshub_4", new VectorParams { Size = 4, Distance = Distance.Cosine });
        await client.UpsertAsync(
            "progresshub_4",
            [
                .. Enumerable.Range(1, 1200).Select(id => new PointStruct
                {
                    Id = (ulong)id, Vectors = Vector(1, id, 0, 0), Payload = { ["collection"] = id % 2 == 0 ? "papers" : "others" },
                }),
            ]);

        Assert.Equal([2, 4, 6], (await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 3, null, default)).Select(f => f.Id));
        Assert.Equal(600, (await Store.ReadIdsAsync(Space, default)).Count);
        Assert.Equal(600u, await client.CountAsync("progresshub_4"));
        await Store.DropAsync(new VectorSpace("others", 4), default);
        Assert.Equal(0u, await client.CountAsync("progresshub_4"));
        Assert.Equal(["progresshub_4", "progresshub_papers_4"], _server.Stand.Names);
    }

    [Fact]
    public async Task Large_writes_go_in_several_requests_that_a_server_takes()
    {
        var space = new VectorSpace("long", 3072);
        var random = new Random(5);
        await Store.UpsertAsync(space, [.. Enumerable.Range(1, 700).Select(id => new VectorPoint(id, RandomVector(random, 3072)))], default);

        Assert.Equal(3, _server.Requests.Count(r => r == "Points/Upsert"));
        Assert.Equal(700, (await Store.ReadIdsAsync(space, default)).Count);
    }

    [Fact]
    public async Task An_https_address_is_spoken_to_over_TLS_and_a_certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = TestCertificate.Make();
        await using var server = await QdrantServer.StartAsync(certificate);
        Assert.Equal("https", server.Address.Scheme);
        using var stranger = Connect(server.Address, Key);
        using var friend = Connect(server.Address, Key, handler => handler.SslOptions.RemoteCertificateValidationCallback =
            (_, shown, _, _) => shown?.GetCertHashString() == certificate.Thumbprint);

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => stranger.ReadIdsAsync(Space, default));
        await friend.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default);

        Assert.Equal("vector_store_untrusted", fault.Code);
        Assert.False(fault.IsTransient);
        Assert.Equal([1], await friend.ReadIdsAsync(Space, default));
    }

    [Theory]
    [InlineData("http://localhost:6333", "http://localhost:6334/")]
    [InlineData("http://localhost:6334/", "http://localhost:6334/")]
    [InlineData("https://qdrant.example:443/path?x=1", "https://qdrant.example/")]
    public void The_port_of_its_REST_API_stands_for_that_of_gRPC(string endpoint, string address) =>
        Assert.Equal(address, new QdrantOptions { Endpoint = new Uri(endpoint) }.GrpcAddress.ToString());

    private protected override async Task<IVectorStore> OpenAsync()
    {
        _server = await QdrantServer.StartAsync();
        _server.Key = Key;
        return Connect(_server.Address, Key);
    }

    private protected override async Task CloseAsync()
    {
        ((QdrantVectorStore)Store).Dispose();
        await _server.DisposeAsync();
    }

    private static QdrantVectorStore Connect(Uri address, string key, Action<SocketsHttpHandler>? shape = null, TimeProvider? time = null)
    {
        var options = new QdrantOptions { Endpoint = address, ApiKey = key };
        return new QdrantVectorStore(
            options, new QdrantConnection(options, time ?? new InstantTime(), NullLogger<QdrantConnection>.Instance, shape));
    }
}
