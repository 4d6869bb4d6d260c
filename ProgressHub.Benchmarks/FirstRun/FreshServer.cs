using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ProgressHub.Core;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Uploads;
using ProgressHub.Workloads;

namespace ProgressHub.Benchmarks.FirstRun;

/// <summary>The engine with the built-in workloads, on a folder of its own: nothing was learned yet.</summary>
internal sealed class FreshServer : IAsyncDisposable
{
    public const string Owner = "bench";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-first-");
    private readonly IHost _host;

    private FreshServer(ScaledTime time, Action<IServiceCollection> shape, (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

        // Its clock runs ahead of the machine's, and a process starts no sooner for it.
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Workers:StartTimeout", (string?)"00:10:00")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddProgressHub().AddStorage(options => options.DataDirectory = _folder.FullName);
        builder.Services.AddProgressHubWorkloads();
        builder.Services.Configure<UploadOptions>(options => options.MaxBytes = 4L << 30);
        shape(builder.Services);
        _host = builder.Build();
    }

    public IServiceProvider Services => _host.Services;

    public static async Task<FreshServer> StartAsync(double speed, Action<IServiceCollection> shape, params (string Key, string Value)[] settings)
    {
        var server = new FreshServer(new ScaledTime(speed), shape, settings);
        await server._host.StartAsync();
        return server;
    }

    /// <summary>Uploads a file whose bytes are written to a stream; returns its id.</summary>
    public async Task<string> UploadAsync(string name, Action<Stream> write)
    {
        var path = Path.Combine(_folder.FullName, name);
        await using (var written = File.Create(path))
            write(written);
        await using var content = File.OpenRead(path);
        var uploads = Services.GetRequiredService<UploadService>();
        var file = await uploads.CreateAsync(Owner, name, content.Length, resumable: true, CancellationToken.None);
        await uploads.AppendAsync(file.Id, Owner, 0, content, isRest: true, CancellationToken.None);
        return file.Id;
    }

    /// <summary>Runs a job and returns its events.</summary>
    public async Task<IReadOnlyList<JobEvent>> RunAsync(string kind, object input)
    {
        var request = new JobRequest { Kind = kind, Input = JsonSerializer.SerializeToElement(input), Owner = Owner };
        var job = await Services.GetRequiredService<JobService>().SubmitAsync(request, CancellationToken.None);
        var follow = await Services.GetRequiredService<EventFeeds>().WatchAsync(job.Snapshot.JobId, 0, CancellationToken.None);
        List<JobEvent> events = [];
        await foreach (var next in follow!.Events)
            events.Add(next);
        return events[^1] is DoneEvent { State: JobState.Succeeded } ? events
            : throw new InvalidOperationException($"{kind} ended with {(events[^1] as DoneEvent)?.Error?.Message}");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
