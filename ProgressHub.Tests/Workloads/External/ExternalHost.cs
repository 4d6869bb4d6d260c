using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.External;

namespace ProgressHub.Tests.Workloads.External;

/// <summary>An engine on a real database, and short ways to report to its external jobs.</summary>
internal static class ExternalHost
{
    public static Task<EngineHost> StartAsync(TimeProvider? time = null, Action<ExecutionOptions>? options = null, params IWorkload[] workloads) =>
        EngineHost.StartAsync(
            options ?? (_ => { }),
            services =>
            {
                if (time is not null)
                    services.Replace(ServiceDescriptor.Singleton(time));
            },
            workloads);

    public static async Task<JobId> BeginAsync(this EngineHost engine, string input = "{}")
    {
        var id = (await engine.SubmitAsync("external", input)).JobId;
        await engine.ReachAsync(id, JobState.Running);
        Assert.NotNull(await engine.TellAsync(id));
        return id;
    }

    public static Task<ExternalAnswer?> TellAsync(this EngineHost engine, JobId id, params WorkloadUpdate[] updates) =>
        engine.Get<ExternalJobs>().DeliverAsync(id, updates, Patience.Limit, CancellationToken.None).Soon();

    public static Task<bool> FinishAsync(this EngineHost engine, JobId id, ExternalEnd? end = null) =>
        engine.Get<ExternalJobs>().EndAsync(
            id, end ?? new ExternalEnd.Completed(null), Patience.Limit, CancellationToken.None).Soon();

    public static async Task<JobSnapshot> SnapshotAsync(this EngineHost engine, JobId id) =>
        (await engine.Jobs.FindAsync(id, EngineHost.Owner, CancellationToken.None).Soon())!;

    public static WorkloadUpdate Line(long? number, params string[] lines) => new()
    {
        Number = number,
        Log = [.. lines.Select(line => new WorkloadLine(JobLogLevel.Info, line))],
    };

    public static WorkloadUpdate At(long? number, double fraction, string? stage = null, string? message = null) => new()
    {
        Number = number, Stage = stage, Progress = new ProgressUpdate(Message: message) { Fraction = fraction },
    };

    public static IEnumerable<string> Lines(this IEnumerable<JobEvent> events) =>
        events.OfType<LogEvent>().Select(e => e.Message);
}
