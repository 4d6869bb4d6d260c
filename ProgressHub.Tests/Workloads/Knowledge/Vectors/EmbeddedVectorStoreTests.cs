using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Tests.Workloads.Knowledge.Vectors;

public sealed class EmbeddedVectorStoreTests : VectorStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-vectors-").FullName;

    private string FilePath => Directory.GetFiles(_folder, "*.vectors").Single();

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0), Point(2, 0, 1, 0, 0)], default);
        await Store.DeleteAsync(Space, [1], default);

        using var again = Restart();

        Assert.Equal([2], (await again.SearchAsync(Space, Vector(1, 0, 0, 0), 5, null, default)).Select(f => f.Id));
    }

    [Theory]
    [InlineData(1), InlineData(15), InlineData(31)]
    public async Task A_record_that_a_crash_cut_off_is_forgotten_and_the_others_stay(int bytes)
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0), Point(2, 0, 1, 0, 0)], default);
        Close();
        var whole = new FileInfo(FilePath).Length;
        await using (var file = File.OpenWrite(FilePath))
            file.SetLength(whole - 32 + bytes);

        using var again = Restart();
        Assert.Equal([1], await again.ReadIdsAsync(Space, default));
        await again.UpsertAsync(Space, [Point(3, 0, 0, 1, 0)], default);

        using var third = Restart(again);
        Assert.Equal([1, 3], (await third.ReadIdsAsync(Space, default)).Order());
    }

    [Fact]
    public async Task A_record_that_the_disk_has_spoiled_is_left_out_and_never_compared()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0), Point(2, 0, 1, 0, 0), Point(3, 0, 0, 1, 0)], default);
        Close();
        await using (var file = File.OpenWrite(FilePath))
        {
            file.Position = 32 + 20;
            file.WriteByte(0x7F);
        }

        using var again = Restart();

        Assert.Equal([1, 3], (await again.ReadIdsAsync(Space, default)).Order());
        Assert.DoesNotContain(await again.SearchAsync(Space, Vector(0, 1, 0, 0), 5, null, default), f => f.Id == 2);
    }

    [Fact]
    public async Task Of_two_records_of_one_id_that_a_crash_left_the_later_counts()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default);
        Close();
        var first = await File.ReadAllBytesAsync(FilePath);
        using (var second = Restart())
            await second.UpsertAsync(Space, [Point(1, 0, 1, 0, 0)], default);
        var both = await File.ReadAllBytesAsync(FilePath);
        await File.WriteAllBytesAsync(FilePath, [.. first, .. both[32..]]);

        using var again = Restart();

        var found = Assert.Single(await again.SearchAsync(Space, Vector(0, 1, 0, 0), 5, null, default));
        Assert.Equal((1, 1), (found.Id, Math.Round(found.Score, 5)));
    }

    [Fact]
    public async Task A_file_that_is_mostly_dead_is_written_anew_when_it_is_opened()
    {
        await Store.UpsertAsync(Space, [.. Enumerable.Range(1, 2000).Select(id => Point(id, 1, 0, 0, 0))], default);
        Close();
        var before = new FileInfo(FilePath).Length;
        await using (var file = File.OpenWrite(FilePath))
        {
            for (var record = 0; record < 1990; record++)
            {
                file.Position = (record * VectorRecord.Size(4)) + VectorRecord.StateOffset;
                file.Write(VectorRecord.DeadMark);
            }
        }

        using var again = Restart();
        Assert.Equal(10, (await again.ReadIdsAsync(Space, default)).Count);
        again.Dispose();

        Assert.Equal(before / 200, new FileInfo(FilePath).Length);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_file_of_a_collection_that_changes_all_the_time_does_not_grow_while_it_is_open()
    {
        await Store.UpsertAsync(Space, [.. Enumerable.Range(1, 600).Select(id => Point(id, 1, 0, 0, 0))], default);
        var searching = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
                Assert.Equal(3, (await Store.SearchAsync(Space, Vector(0, 1, 0, 0), 3, null, default)).Count);
        });

        for (var round = 0; round < 20; round++)
            await Store.UpsertAsync(Space, [.. Enumerable.Range(1, 600).Select(id => Point(id, 0, 1, 0, 0))], default);

        await searching.Soon();
        Assert.InRange(new FileInfo(FilePath).Length, 600 * VectorRecord.Size(4), 3 * 600 * VectorRecord.Size(4));
        Assert.Equal(600, (await Store.ReadIdsAsync(Space, default)).Count);
        Assert.All(await Store.SearchAsync(Space, Vector(0, 1, 0, 0), 600, null, default), found => Assert.Equal(1, found.Score, 5));
        using var again = Restart();
        Assert.Equal(Enumerable.Range(1, 600).Select(id => (long)id), (await again.ReadIdsAsync(Space, default)).Order());
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_can_not_be_written_anew_is_used_as_it_is()
    {
        await Store.UpsertAsync(Space, [.. Enumerable.Range(1, 2000).Select(id => Point(id, 1, 0, 0, 0))], default);
        Directory.CreateDirectory($"{FilePath}.new");

        await Store.DeleteAsync(Space, [.. Enumerable.Range(1, 1990).Select(id => (long)id)], default);

        Assert.Equal(10, (await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 20, null, default)).Count);
        Directory.Delete($"{FilePath}.new");
    }

    [Fact]
    public async Task More_collections_than_files_may_be_open_are_served_all_the_same()
    {
        var spaces = Enumerable.Range(0, EmbeddedVectorStore.MaxOpen + 8).Select(i => new VectorSpace($"c{i}", 4)).ToList();
        foreach (var (i, space) in spaces.Index())
            await Store.UpsertAsync(space, [Point(i + 1, 1, 0, 0, 0)], default);

        foreach (var (i, space) in spaces.Index())
            Assert.Equal([i + 1], await Store.ReadIdsAsync(space, default));
    }

    private protected override Task<IVectorStore> OpenAsync() => Task.FromResult<IVectorStore>(New());

    private protected override Task CloseAsync()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private void Close() => ((EmbeddedVectorStore)Store).Dispose();

    private EmbeddedVectorStore Restart(EmbeddedVectorStore? before = null)
    {
        (before ?? (EmbeddedVectorStore)Store).Dispose();
        return New();
    }

    private EmbeddedVectorStore New() => new(_folder, NullLogger<EmbeddedVectorStore>.Instance);
}
