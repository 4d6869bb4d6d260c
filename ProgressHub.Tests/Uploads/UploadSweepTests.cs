using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Uploads;

public sealed class UploadSweepTests
{
    [Fact]
    public async Task A_sweep_ends_and_reaches_the_last_file_though_whole_slices_of_them_are_under_way()
    {
        await using var engine = await EngineHost.StartAsync();
        var files = engine.Get<IFileStore>();
        var (longAgo, now) = (DateTimeOffset.UnixEpoch, TimeProvider.System.GetUtcNow());
        var stale = new List<string>();
        for (var i = 0; i < 502; i++)
        {
            var file = new StoredFile
            {
                Id = JobId.New().ToString(), Owner = EngineHost.Owner, Name = "a", Length = 10, CreatedAt = now,
                TouchedAt = longAgo.AddSeconds(i), Resumable = true,
            };
            await files.CreateAsync(file, int.MaxValue, long.MaxValue, CancellationToken.None);
            stale.Add(file.Id);
        }

        // All but the first and the last are being sent, one slice of them and more.
        var held = stale[1..^1].Select(engine.Get<UploadService>().Open).ToList();

        var removed = await engine.Get<UploadSweeper>().SweepAsync(CancellationToken.None).Soon();

        Assert.Equal(2, removed);
        Assert.Null(await files.FindAsync(stale[^1], CancellationToken.None));
        Assert.NotNull(await files.FindAsync(stale[1], CancellationToken.None));
        held.ForEach(hold => hold.Dispose());
    }
}
