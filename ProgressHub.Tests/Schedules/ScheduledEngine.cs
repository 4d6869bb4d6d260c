using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Schedules;

/// <summary>The engine on a real database, whose schedules go by a clock that the test moves and are looked at when it says.</summary>
internal sealed class ScheduledEngine(EngineHost engine) : IAsyncDisposable
{
    public const string Kind = "work";

    /// <summary>Friday, 2026-11-20 10:00 UTC at first.</summary>
    public StorageClock Clock { get; } = new();

    public EngineHost Engine => engine;

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Who may not have jobs submitted now.</summary>
    public HashSet<string> Disabled { get; } = [];

    public ScheduleService Schedules => new(
        engine.Get<IScheduleStore>(), engine.Get<ScheduleCheck>(), engine.Get<ScheduleJobs>(), engine.Get<IOptions<ScheduleOptions>>(), Clock);

    public static async Task<ScheduledEngine> StartAsync(params IWorkload[] workloads) => new(await EngineHost.StartAsync(
        _ => { },
        services =>
        {
            services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(ScheduleClock)));
            services.Configure<ScheduleOptions>(options => options.MaxPerOwner = 3);
        },
        workloads.Length > 0 ? workloads : [new LambdaWorkload(Kind, _ => Task.CompletedTask)]));

    public static ScheduleDraft Draft(string? cron = "0 * * * *", DateTimeOffset? at = null, string input = """{"a":1}""") => new()
    {
        Name = "Hourly", Kind = Kind, Input = JsonElement.Parse(input), Tags = ["home"],
        Times = new ScheduleTimes(at is null ? cron : null, "UTC", at),
    };

    public Task<Schedule> CreateAsync(ScheduleDraft draft) => Schedules.CreateAsync(draft, EngineHost.Owner, default).Soon();

    public async Task<Schedule> FindAsync(string id) => (await Schedules.FindAsync(id, EngineHost.Owner, default))!;

    /// <summary>Looks at what is due, as each node does every second.</summary>
    public Task FireAsync() => new ScheduleFiring(
        engine.Get<IScheduleStore>(), engine.Get<ScheduleJobs>(), new SomeOwners(Disabled), Clock, NullLogger<ScheduleFiring>.Instance)
        .FireDueAsync(default).Soon();

    /// <summary>Moves the clock, and looks at what is due then.</summary>
    public Task FireAfterAsync(TimeSpan by)
    {
        Clock.Advance(by);
        return FireAsync();
    }

    public async Task<IReadOnlyList<JobSnapshot>> JobsAsync() =>
        (await engine.Jobs.ListAsync(new JobQuery { Owner = EngineHost.Owner, Limit = 100 }, default)).Items;

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private sealed class SomeOwners(HashSet<string> disabled) : IScheduleOwners
    {
        public ValueTask<bool> AreActiveAsync(string owner, CancellationToken cancellationToken) => new(!disabled.Contains(owner));
    }
}
