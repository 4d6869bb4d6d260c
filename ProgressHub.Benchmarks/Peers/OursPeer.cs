using ProgressHub.AspNetCore;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Benchmarks.InProcess;
using ProgressHub.Benchmarks.OverTheWire;
using ProgressHub.Core;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>ProgressHub: one job whose handler logs, over the real store, feed, stream and hub.</summary>
internal sealed class OursPeer : IPublisher
{
    private readonly BenchWorkload _workload = new();
    private RunningBench? _running;
    private string _id = "";

    public OursPeer(WebApplicationBuilder builder, bool handsOver)
    {
        // As many as the descriptors of a process allow here.
        builder.Configuration["Limits:WatchersPerJob"] = builder.Configuration["Limits:WatchersPerOwner"] = "20000";
        builder.Configuration["Streaming:HandOver"] = handsOver ? "true" : "false";
        var folder = Directory.CreateTempSubdirectory("progresshub-bench-").FullName;
        builder.Services.AddProgressHub().AddStorage(options => options.DataDirectory = folder);
        builder.Services.AddSingleton<IWorkload>(_workload);
        builder.Services.AddSingleton<IWorkload, BlockingWorkload>();
        builder.Services.AddProgressHubApi();
    }

    public void Map(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapHub<JobHub>("/hub").RequireAuthorization();
        app.MapGet("/stream", (HttpContext context, SseStreams streams) =>
            streams.StreamAsync(context, JobId.Parse(context.Request.Query["job"].FirstOrDefault() ?? _id, null), null))
            .RequireAuthorization();
        app.MapGet("/replay", (HttpContext context, SseStreams streams) => streams.StreamAsync(context, JobId.Parse(_id, null), "0"))
            .RequireAuthorization();
        app.MapPost("/block", async (JobService jobs) =>
            (await jobs.SubmitAsync(BlockingWorkload.Request, CancellationToken.None)).Snapshot.JobId.ToString());
        app.MapPost("/quick", async (JobService jobs) =>
            (await jobs.SubmitAsync(BenchWorkload.Request(hold: false), CancellationToken.None)).Snapshot.JobId.ToString());
        app.MapPost("/begin", async (JobService jobs) =>
        {
            _id = (await jobs.SubmitAsync(BenchWorkload.Request(hold: true), CancellationToken.None)).Snapshot.JobId.ToString();
            _running = await _workload.Started.Reader.ReadAsync();
            return _id;
        });
    }

    public ValueTask PublishAsync(int number) => _running!.Context.LogAsync(
        JobLogLevel.Info, "Batch 12 of 47 is translated and stored~", number, 100_000);
}
