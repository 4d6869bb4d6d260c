using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>How many pieces a job says it has, however often each is reported.</summary>
public sealed class PieceCountTests
{
    [Fact]
    public async Task A_piece_that_is_reported_again_counts_once_as_what_it_was_last()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("pieces", async context =>
        {
            foreach (var (index, ok) in new[] { (0, true), (0, true), (1, false), (1, false), (1, true), (2, true), (2, false) })
                await context.PartialAsync(Piece(index, ok));
        }));

        var done = (await engine.RunAsync("pieces"))[^1];

        Assert.Equal((2, 1), await CountsAsync(engine, done.JobId));
    }

    [Fact]
    public async Task A_piece_that_another_attempt_reports_again_counts_once()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("pieces", async context =>
        {
            await context.PartialAsync(Piece(0, ok: true));
            await context.PartialAsync(Piece(1, ok: context.Attempt == 2));
            await context.PartialAsync(Piece(2, ok: context.Attempt == 1));
            if (context.Attempt == 1)
                throw new WorkloadException("busy", "Busy.") { IsTransient = true };
        }));

        var done = (await engine.RunAsync("pieces"))[^1];

        Assert.Equal(2, done.Attempt);
        Assert.Equal((2, 1), await CountsAsync(engine, done.JobId));
    }

    [Fact]
    public async Task A_snapshot_does_not_grow_with_the_pieces_that_failed()
    {
        const int Many = 3000;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("pieces", async context =>
        {
            for (var i = 0; i < Many; i++)
                await context.PartialAsync(Piece(i, ok: i % 3 == 0));
        }));

        var done = (await engine.RunAsync("pieces"))[^1];

        Assert.Equal((1000, 2000), await CountsAsync(engine, done.JobId));
        var snapshot = await engine.Jobs.FindAsync(done.JobId, EngineHost.Owner, CancellationToken.None);
        Assert.InRange(EventJson.Serialize(snapshot!).Length, 1, 2000);
    }

    private static PartialResult Piece(int index, bool ok) => new(index, null)
    {
        Text = ok ? index.ToString(CultureInfo.InvariantCulture) : null, Error = ok ? null : "No.",
    };

    private static async Task<(int Ok, int Failed)> CountsAsync(EngineHost engine, JobId id)
    {
        var snapshot = await engine.Jobs.FindAsync(id, EngineHost.Owner, CancellationToken.None);
        return (snapshot!.Partials.Ok, snapshot.Partials.Failed);
    }
}
