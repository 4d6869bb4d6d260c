using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using ProgressHub.AspNetCore;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Benchmarks.InProcess;
using ProgressHub.Benchmarks.Peers;
using ProgressHub.Cluster;
using ProgressHub.Core;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Benchmarks.Nodes;

/// <summary>One of several nodes; the environment says which (<see cref="BenchNode"/>).</summary>
internal sealed class NodePeer : IPublisher
{
    /// <summary>What a message begins with that says when it was made (<see cref="Stopwatch.GetTimestamp"/>, one clock for all processes).</summary>
    public const string Stamp = "at ";

    private readonly BenchWorkload _workload = new();
    private readonly ConcurrentDictionary<JobId, RunningBench> _running = new();

    public NodePeer(WebApplicationBuilder builder)
    {
        builder.AddProgressHubCluster();
        builder.Services.AddProgressHub();
        builder.Services.AddSingleton<IWorkload>(_workload);
        builder.Services.AddProgressHubApi();
        builder.Services.Configure<ExecutionOptions>(options => options.MaxQueuedJobsPerOwner = options.MaxQueuedJobs);
        builder.AddProgressHubClusterDuties();
    }

    public void Map(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/stream", (HttpContext context, SseStreams streams) =>
            streams.StreamAsync(context, JobId.Parse(context.Request.Query["job"].First()!, null), null)).RequireAuthorization();
        app.MapPost("/hold", async (JobService jobs) =>
            (await jobs.SubmitAsync(BenchWorkload.Request(hold: true), CancellationToken.None)).Snapshot.JobId.ToString());
        app.MapGet("/runs", () => string.Join('\n', Runs().Keys));
        app.MapPost("/finish", () =>
        {
            foreach (var running in Runs().Values)
                running.Finish();
            _running.Clear();
        });
        app.MapPost("/quick", async (JobService jobs, int count) => await Parallel.ForAsync(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (_, token) => await jobs.SubmitAsync(BenchWorkload.Request(hold: false), token)));
        app.MapPost("/append", AppendAsync);
    }

    public ValueTask PublishAsync(int number) => Runs().Values.Single().Context.LogAsync(
        JobLogLevel.Info, FormattableString.Invariant($"{Stamp}{Stopwatch.GetTimestamp()}"), number, 100_000);

    /// <summary>So many writers append for so many seconds; the events a second that were acknowledged.</summary>
    private static async Task<string> AppendAsync(
        IEventLog log, INodes nodes, IOptions<StorageOptions> storage, int writers, int batch, double seconds)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => LogWriter.CreateAsync(log, nodes.Self)));

        // A job that is new has no node; this one's are to be known as its own, or the others would put them back into the queue.
        await using (var connection = new NpgsqlConnection(storage.Value.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("UPDATE jobs SET node = $1 WHERE id = ANY($2)", connection)
            {
                Parameters = { new() { Value = nodes.Self }, new() { Value = all.Select(writer => writer.Id).ToArray() } },
            };
            await command.ExecuteNonQueryAsync();
        }

        var (begun, events) = (Stopwatch.GetTimestamp(), 0L);
        await Task.WhenAll(all.Select(writer => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds)
            {
                await writer.AppendAsync(batch, batch);
                Interlocked.Add(ref events, batch);
            }
        })));
        return FormattableString.Invariant($"{events / Stopwatch.GetElapsedTime(begun).TotalSeconds}");
    }

    private ConcurrentDictionary<JobId, RunningBench> Runs()
    {
        while (_workload.Started.Reader.TryRead(out var started))
            _running[started.Context.JobId] = started;
        return _running;
    }
}
