using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Tests.Workloads.Knowledge.Vectors;

public sealed class VectorFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-vectors-").FullName;

    private string FilePath => Path.Combine(_folder, "a.vectors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Searches_see_each_vector_once_while_it_is_replaced_removed_and_written_anew()
    {
        using var file = VectorFile.Open(FilePath, 4);
        file.Upsert(Points(1, 1500));
        using var enough = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var searching = Task.Run(() =>
        {
            for (; !enough.IsCancellationRequested; begun.TrySetResult())
            {
                var found = file.Search([1, 0, 0, 0], 2000, null, CancellationToken.None);
                Assert.Equal(found.Count, found.Select(f => f.Id).Distinct().Count());
                Assert.All(Enumerable.Range(1, 500), id => Assert.Contains(id, found.Select(f => (int)f.Id).ToHashSet()));
            }
        });
        await Task.WhenAny(begun.Task, searching).Soon();

        for (var round = 0; round < 10; round++)
        {
            file.Delete(Enumerable.Range(501, 1000).Select(id => (long)id));
            file.Upsert(Points(501, 1000));
        }

        await enough.CancelAsync();
        await searching.Soon();
        Assert.Equal(1500, file.Count);
        Assert.True(new FileInfo(FilePath).Length < 5 * 1500 * VectorRecord.Size(4));
    }

    [Fact]
    public void What_a_failed_write_left_behind_the_last_vector_keeps_no_search_from_its_work()
    {
        using var file = VectorFile.Open(FilePath, 4);
        file.Upsert(Points(1, 2));
        using (var half = new FileStream(FilePath, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            half.Write([1, 2, 3]);

        Assert.Equal(2, file.Search([1, 0, 0, 0], 5, null, CancellationToken.None).Count);
        file.Upsert(Points(3, 1));
        Assert.Equal(3, file.Search([1, 0, 0, 0], 5, null, CancellationToken.None).Count);
    }

    private static VectorPoint[] Points(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(id => new VectorPoint(id, [1, 0, 0, 0]))];
}
