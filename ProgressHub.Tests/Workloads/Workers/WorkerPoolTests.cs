using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Tests.Workloads.Workers;

/// <summary>Workers are kept warm within bounds, replaced when they were used enough, and end with their pool and with their host.</summary>
[Collection(AloneCollection.Name)]
public sealed class WorkerPoolTests : IDisposable
{
    private static readonly WorkerKind Kind = TableWorkers.QueryKind;
    private readonly TableFile _table = new("id\n1\n2\n");

    // A host that a test let crash leaves its own until they are let go.
    private readonly IReadOnlyList<int> _others = ProcessTable.Children();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task A_worker_is_used_again_and_ends_with_its_pool()
    {
        using var pool = Pool(Kind);

        await AskAsync(pool);
        var first = Workers();
        await AskAsync(pool);

        Assert.Equal(first, Workers());
        Assert.Single(first);
        pool.Dispose();
        Assert.Empty(Workers());
    }

    [Fact]
    public async Task A_failure_in_the_workers_own_words_costs_it_nothing()
    {
        using var pool = Pool(Kind);
        var missing = new QueryRequest(Path.Combine(_table.Folder, "none"), "SELECT 1", 10, 1000);

        var failure = await Assert.ThrowsAsync<WorkloadException>(() => AskAsync(pool, missing));

        Assert.Equal(("table_unavailable", true), (failure.Code, failure.IsTransient));
        Assert.Single(Workers());
    }

    [Fact]
    public async Task A_worker_that_was_used_enough_is_replaced()
    {
        using var pool = Pool(Kind with { MaxUses = 2 });
        await AskAsync(pool);
        var first = Workers();

        await AskAsync(pool);
        Assert.Empty(Workers());
        await AskAsync(pool);

        Assert.NotEqual(first, Workers());
    }

    [Fact]
    public async Task A_worker_that_nobody_needs_is_let_go()
    {
        var time = new ManualTime();
        using var pool = new WorkerPool(
            Kind, Options.Create(new WorkerOptions { Program = WorkerSetup.Program, IdleLifetime = TimeSpan.FromSeconds(30) }), time, NullLogger<WorkerPool>.Instance);
        await AskAsync(pool);
        Assert.Single(Workers());

        time.Advance(TimeSpan.FromSeconds(31));

        await Patience.UntilAsync(() => Workers().Count == 0, "the worker has ended");
    }

    [Fact]
    public async Task There_are_never_more_than_the_bound_and_everybody_is_answered()
    {
        using var pool = Pool(Kind with { MaxProcesses = 2, MaxIdle = 2 });

        var most = 0;
        var asking = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await AskAsync(pool);
            most = Math.Max(most, Workers().Count);
        })).ToArray();
        await Task.WhenAll(asking).Soon();

        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task A_worker_that_was_killed_while_nobody_needed_it_is_not_missed()
    {
        using var pool = Pool(Kind);
        await AskAsync(pool);
        Process.GetProcessById(Workers().Single()).Kill();
        await Patience.UntilAsync(() => Workers().Count == 0, "the worker is gone");

        await AskAsync(pool);

        Assert.Single(Workers());
    }

    [Fact]
    public async Task A_worker_ends_when_its_pipe_does_even_in_the_middle_of_a_request()
    {
        var worker = await WorkerProcess.StartAsync(Kind, WorkerSetup.Options.Value, TimeProvider.System, CancellationToken.None).Soon();
        using var large = new TableFile("id\n" + string.Join('\n', Enumerable.Range(1, 2000)));
        var endless = new QueryRequest(large.Database, "SELECT count(*) FROM data a, data b, data c, data d WHERE a.id + b.id + c.id + d.id < 0", 10, 1000);
        var asked = worker.AskAsync(Request(endless), null, CancellationToken.None);
        await Patience.UntilAsync(() => ProcessTable.IsBusy(worker.Id), "the worker works");

        worker.CloseInput();

        await Assert.ThrowsAsync<WorkerEndedException>(() => asked.Soon());
        worker.Dispose();
    }

    private IReadOnlyList<int> Workers() => [.. ProcessTable.Children().Except(_others).Intersect(ProcessTable.With("worker\0duckdb"))];

    private static WorkerPool Pool(WorkerKind kind) => new(kind, WorkerSetup.Options, TimeProvider.System, NullLogger<WorkerPool>.Instance);

    private static WorkerRequest Request(QueryRequest query) =>
        new(TableWorker.Query, JsonSerializer.SerializeToElement(query, EngineJson.Default.QueryRequest));

    private Task<JsonElement> AskAsync(WorkerPool pool, QueryRequest? query = null) => pool.RunAsync(
        Request(query ?? new QueryRequest(_table.Database, "SELECT count(*) FROM data", 10, 1000)), null, TimeSpan.FromMinutes(1), CancellationToken.None).Soon();
}
