using Microsoft.Extensions.Hosting;
using ProgressHub.Core;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>The real engine over a real SQLite file in a temporary folder.</summary>
internal sealed class BenchEngine : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo _folder;
    private readonly BenchWorkload _workload;

    private BenchEngine(IHost host, DirectoryInfo folder, BenchWorkload workload)
    {
        _host = host;
        _folder = folder;
        _workload = workload;
    }

    public IServiceProvider Services => _host.Services;

    public JobService Jobs => Services.GetRequiredService<JobService>();

    public static async Task<BenchEngine> StartAsync(BenchWorkload workload, Action<ExecutionOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-bench-");
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddProgressHub().AddStorage(options => options.DataDirectory = folder.FullName);
        builder.Services.AddSingleton<IWorkload>(workload);

        // One person's thousand is not what is measured here.
        builder.Services.Configure<ExecutionOptions>(o =>
        {
            o.MaxQueuedJobsPerOwner = o.MaxQueuedJobs;
            configure?.Invoke(o);
        });
        var host = builder.Build();
        await host.StartAsync();
        return new BenchEngine(host, folder, workload);
    }

    /// <summary>Submits a job and waits until its handler runs.</summary>
    public async Task<RunningBench> RunOneAsync()
    {
        await Jobs.SubmitAsync(BenchWorkload.Request(hold: true), CancellationToken.None);
        return await _workload.Started.Reader.ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
