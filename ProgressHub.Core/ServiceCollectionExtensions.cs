using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Sharing;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core;

/// <summary>Puts ProgressHub into a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine: jobs, their events, their execution and their store. It knows no workload; each has a line of its
    /// own: <c>services.AddWorkload&lt;MyWorkload&gt;()</c>.
    /// </summary>
    public static IServiceCollection AddProgressHub(this IServiceCollection services)
    {
        services.TryAddSingleton<TimeProvider, SteadyTime>();
        services.AddSingleton<WorkloadCatalog>();
        services.TryAddSingleton<INodes, SingleNode>();
        services.TryAddSingleton<IEventRelay, NoRelay>();
        services.AddSingleton<FlushTick>();
        services.AddSingleton<OwnerFeeds>();
        services.AddSingleton<EventFeeds>();
        services.AddSingleton<RelayedEvents>();
        services.AddStorage();
        services.AddUploads();
        services.AddQuotas();
        services.AddOptions<UploadOptions>().PostConfigure<IOptions<StorageOptions>>(static (uploads, storage) =>
        {
            uploads.Directory ??= Path.Combine(storage.Value.DataDirectory, "blobs");
            uploads.WorkDirectory ??= Path.Combine(storage.Value.DataDirectory, "work");
        });
        services.AddSingleton(static provider => DataDirectoryOf(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value, provider.GetRequiredService<IOptions<UploadOptions>>().Value));
        services.AddSingleton(static provider => new SharedDatabase(SharedBy(provider.GetRequiredService<IOptions<StorageOptions>>().Value)));
        services.AddSharing();
        services.AddExecution();

        // After the runner, which makes the store ready.
        return services.AddWebhooks().AddSchedules();
    }

    /// <summary>What servers on one PostgreSQL have in common.</summary>
    private static void AddSharing(this IServiceCollection services)
    {
        services.AddSingleton<SharedState>();
        services.AddSingleton<SharedKeys>();
        services.AddSingleton<JobSecretTable>();
        services.AddSingleton<StreamTicketTable>();
        services.AddHostedService<SecretSweeper>();
        services.AddSingleton<ISweepTurns>(static provider => provider.GetRequiredService<INodes>() is { AreSeveral: true } nodes
            ? new SweepTurns(provider.GetRequiredService<SharedState>(), nodes)
            : new EveryTurn());
        services.AddSingleton<SweepSchedule>();
    }

    private static DataDirectory DataDirectoryOf(StorageOptions storage, UploadOptions uploads) => new(Path.GetFullPath(storage.DataDirectory))
    {
        KeepFreeBytes = storage.MinFreeBytes, AcceptDataLoss = storage.AcceptDataLoss,
        Shared = storage.Provider == StorageProvider.Postgres ? Path.GetFullPath(uploads.Directory!) : null,
    };

    private static string? SharedBy(StorageOptions storage) =>
        storage.Provider == StorageProvider.Postgres ? storage.ConnectionString : null;

    private static IServiceCollection AddExecution(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ExecutionOptions>()
            .Configure<IConfiguration>(static (options, all) => options.ReadFormerNames(all.GetSection(ExecutionOptions.Section)))
            .BindConfiguration(ExecutionOptions.Section)
            .ValidateDataAnnotations();
        services.AddSubmission();
        services.AddAttempts();
        services.AddSingleton<RetentionSweeper>();
        services.AddSingleton(provider => new JobService(
            provider.GetRequiredService<JobLookup>(), provider.GetRequiredService<IEventLog>(),
            provider.GetRequiredService<JobIntake>(), provider.GetRequiredService<JobInputs>(),
            provider.GetRequiredService<JobResults>(), provider.GetRequiredService<OwnerCommands>()));
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<RetentionSweeper>());
        services.AddHostedService(provider => provider.GetRequiredService<UploadSweeper>());
        services.AddHostedService<QueueAnnouncer>();
        return services;
    }

    /// <summary>What accepts jobs, keeps count of them and does what is asked of them.</summary>
    private static void AddSubmission(this IServiceCollection services)
    {
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobSecrets>();
        services.TryAddSingleton<IKeptSecrets>(static provider => provider.GetRequiredService<JobSecrets>());
        services.AddSingleton<KeptPlans>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobLedger>();
        services.AddSingleton<JobLogs>();
        services.AddSingleton<JobAdmission>();
        services.AddSingleton<JobIntake>();
        services.TryAddSingleton<IJobShares, NoShares>();
        services.AddSingleton<SharedWatches>();
        services.AddSingleton<JobLookup>();
        services.AddSingleton<QueueOrder>();
        services.AddSingleton<QueuePauses>();
        services.AddSingleton<QueueSwitch>();
        services.AddSingleton<JobInputs>();
        services.AddSingleton<JobPartials>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<NodeMeter>();
        services.TryAddSingleton<INodeRegister, OnlyNode>();
        services.TryAddSingleton<IRemoteAttempts, NoRemoteAttempts>();
        services.AddSingleton<AttemptCommands>();
        services.AddSingleton<JobResults>();
        services.AddSingleton<FileSupply>();
        services.AddSingleton<JobEnd>();
        services.AddSingleton<JobRemoval>();
        services.AddSingleton<JobCommands>();
        services.AddSingleton<JobTags>();
        services.TryAddSingleton<IJobAudit, NoJobAudit>();
        services.AddSingleton<OwnerCommands>();
    }

    /// <summary>What runs them.</summary>
    private static void AddAttempts(this IServiceCollection services)
    {
        services.AddSingleton<AttemptPipeline>();
        services.AddAttemptMiddleware<AttemptLogScope>();
        services.AddSingleton<AttemptStore>();
        services.AddSingleton<DurationHistory>();
        services.AddSingleton<AttemptPreparation>();
        services.AddSingleton<HandlerRunner>();
        services.AddSingleton<AttemptOutcome>();
        services.AddSingleton<AttemptFactory>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<ProgressJudge>();
        services.AddSingleton<InterruptedJobs>();
        services.AddSingleton<JobRecovery>();
        services.AddSingleton<UnknownKinds>();
        services.AddSingleton<ServerFiles>();
        services.AddSingleton<EngineStart>();
        services.AddSingleton<JobRunner>();
    }
}
