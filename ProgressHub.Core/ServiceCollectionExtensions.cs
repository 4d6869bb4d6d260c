using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Analysis;
using ProgressHub.Core.Workloads.External;
using ProgressHub.Core.Workloads.Knowledge;
using ProgressHub.Core.Workloads.Transcription;
using ProgressHub.Core.Workloads.Translation;

namespace ProgressHub.Core;

/// <summary>Puts ProgressHub into a host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine: jobs, their events, their execution, the store and the workloads that come with it. Add workloads
    /// of your own with <c>services.AddSingleton&lt;IWorkload, MyWorkload&gt;()</c>.
    /// </summary>
    public static IServiceCollection AddProgressHub(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WorkloadCatalog>();
        services.AddSingleton<FlushTick>();
        services.AddSingleton<OwnerFeeds>();
        services.AddSingleton<EventFeeds>();
        services.AddStorage();
        services.AddUploads();
        services.AddOptions<UploadOptions>().PostConfigure<IOptions<StorageOptions>>(static (uploads, storage) =>
        {
            uploads.Directory ??= Path.Combine(storage.Value.DataDirectory, "blobs");
            uploads.WorkDirectory ??= Path.Combine(storage.Value.DataDirectory, "work");
        });
        services.AddTranslation();
        services.AddTranscription();
        services.AddExternal();
        services.AddAnalysis(provider => Path.Combine(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, "analysis"));
        services.AddKnowledge(provider => Path.Combine(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataDirectory, "knowledge"));
        services.AddExecution();

        // After the runner, which makes the store ready.
        return services.AddWebhooks();
    }

    private static IServiceCollection AddExecution(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ExecutionOptions>()
            .BindConfiguration(ExecutionOptions.Section)
            .ValidateDataAnnotations();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobSecrets>();
        services.AddSingleton<JobPartials>();
        services.AddSingleton<DurationHistory>();
        services.AddSingleton<JobLogs>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<ExecutionServices>();
        services.AddSingleton<JobIntake>();
        services.AddSingleton<JobCommands>();
        services.AddSingleton<JobRecovery>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<RetentionSweeper>();
        services.AddSingleton<JobService>();
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        services.AddHostedService(provider => provider.GetRequiredService<RetentionSweeper>());
        services.AddHostedService(provider => provider.GetRequiredService<UploadSweeper>());
        services.AddHostedService<QueueAnnouncer>();
        return services;
    }
}
