using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressHub.Core;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>
/// The engine in a real host on a real database in a folder of its own. It can be stopped and started again on that
/// folder, or crash: then it goes on in a copy of what was on disk at that moment.
/// </summary>
internal sealed class EngineHost : IAsyncDisposable
{
    public const string Owner = "ann";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("progresshub-engine-");
    private readonly List<IHost> _abandoned = [];
    private readonly IWorkload[] _workloads;
    private int _crashes;
    private IHost? _host;

    private EngineHost(IWorkload[] workloads) => _workloads = workloads;

    public StoreFaults Faults { get; } = new();

    public Action<ExecutionOptions> Options { get; private init; } = _ => { };

    public Action<IServiceCollection> Services { get; private init; } = _ => { };

    public string Folder => Path.Combine(_root.FullName, $"{_crashes}");

    public JobService Jobs => Get<JobService>();

    public static Task<EngineHost> StartAsync(params IWorkload[] workloads) => StartAsync(_ => { }, workloads);

    public static async Task<EngineHost> StartAsync(Action<ExecutionOptions> options, params IWorkload[] workloads)
    {
        var engine = new EngineHost(workloads) { Options = options };
        await engine.StartAsync();
        return engine;
    }

    public static async Task<EngineHost> StartAsync(
        Action<ExecutionOptions> options, Action<IServiceCollection> services, params IWorkload[] workloads)
    {
        var engine = new EngineHost(workloads) { Options = options, Services = services };
        await engine.StartAsync();
        return engine;
    }

    public T Get<T>()
        where T : notnull => _host!.Services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddProgressHub().AddStorage(o =>
        {
            o.DataDirectory = Folder;
            o.Readers = 2;
        });
        builder.Services.AddProgressHubWorkloads();
        builder.Services.Configure<ExecutionOptions>(o =>
        {
            o.RetryDelay = TimeSpan.FromMilliseconds(1);
            // A handler that does listen is never given up because the machine is busy.
            o.CancelGrace = Patience.Limit;
            o.ShutdownGrace = TimeSpan.FromSeconds(5);
            Options(o);
        });
        foreach (var workload in _workloads)
            builder.Services.AddSingleton(workload);
        Services(builder.Services);
        Faults.Install(builder.Services);
        _host = builder.Build();
        await _host.StartAsync().Soon();
    }

    /// <summary>Stops as a server does that is told to; what ran is back in the queue.</summary>
    public async Task StopAsync()
    {
        var host = _host!;
        _host = null;
        await host.StopAsync().Soon();
        await ((IAsyncDisposable)host).DisposeAsync().Soon();
    }

    /// <summary>Goes on in a copy of what is on disk now, as after the power went.</summary>
    public async Task CrashAsync()
    {
        _abandoned.Add(_host!);
        var before = Folder;
        _crashes++;
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.GetFiles(before).Where(f => Path.GetExtension(f) is not (".lock" or ".holder" or ".db-shm")))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        foreach (var file in Directory.GetDirectories(before).SelectMany(d => Directory.GetFiles(d, "*", SearchOption.AllDirectories)))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(before, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await StartAsync();
    }

    public async Task<JobSnapshot> SubmitAsync(string kind, string input = "{}", string owner = Owner) =>
        (await Jobs.SubmitAsync(
            new JobRequest { Kind = kind, Input = JsonElement.Parse(input), Owner = owner }, CancellationToken.None).Soon()).Snapshot;

    /// <summary>Submits a job that begins only once nothing is remembered of its submission, as after a restart.</summary>
    public async Task<JobSnapshot> SubmitForgottenAsync(string kind, string input = "{}")
    {
        var (before, forgotten) = (Faults.Before, new Signal());
        Faults.Before = async (method, id) =>
        {
            if (method == "ClaimAsync")
                await forgotten.Task;
            if (before is not null)
                await before(method, id);
        };
        var job = await SubmitAsync(kind, input);
        Get<KeptPlans>().Take(job.JobId);
        forgotten.Set();
        return job;
    }

    /// <summary>Waits for the end and returns all events.</summary>
    public async Task<IReadOnlyList<JobEvent>> EndAsync(JobId id, string owner = Owner)
    {
        var follow = await Get<EventFeeds>().WatchAsync(id, 0, CancellationToken.None).Soon();
        return await ReadAsync(follow!).Soon();

        static async Task<IReadOnlyList<JobEvent>> ReadAsync(JobFollow follow)
        {
            var events = new List<JobEvent>();
            await foreach (var next in follow.Events)
                events.Add(next);
            for (var i = 0; i < events.Count; i++)
                Assert.Equal(i + 1, events[i].Seq);
            Assert.Equal(events.Count - 1, events.FindIndex(e => e is DoneEvent));
            return events;
        }
    }

    public async Task<IReadOnlyList<JobEvent>> RunAsync(string kind, string input = "{}") =>
        await EndAsync((await SubmitAsync(kind, input)).JobId);

    /// <summary>Waits until a job is in a state.</summary>
    public async Task<JobSnapshot> ReachAsync(JobId id, JobState state)
    {
        JobSnapshot? snapshot = null;
        await Patience.UntilAsync(
            async () => (snapshot = await Jobs.FindAsync(id, Owner, CancellationToken.None)) is { } found && found.State == state,
            $"the job is {state.Name()}");
        return snapshot!;
    }

    public async ValueTask DisposeAsync()
    {
        Faults.Down = false;
        Faults.Before = null;
        if (_host is not null)
            await StopAsync();
        foreach (var host in _abandoned)
        {
            await host.StopAsync(new CancellationToken(canceled: true));
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        _root.Delete(recursive: true);
    }
}

internal static class EngineServices
{
    public static void AddSingletonWorkload(this IServiceCollection services, IWorkload workload) => services.AddSingleton(workload);
}
