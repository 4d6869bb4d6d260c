using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Registers questions over tables.</summary>
public static class AnalysisRegistration
{
    /// <summary>Adds the kind <c>analysis</c>, and <see cref="AnalysisSessions"/>.</summary>
    public static IServiceCollection AddAnalysis(this IServiceCollection services)
    {
        services.AddInference();
        services.AddWorkers();
        services.AddOptionsWithValidateOnStart<AnalysisOptions>()
            .BindConfiguration(AnalysisOptions.Section).ValidateDataAnnotations()
            .PostConfigure<DataDirectory>(static (options, data) => options.Directory ??= data.Below("analysis"));

        services.AddSingleton(OpenDatabase);
        services.AddDatabaseStart(static provider => provider.GetRequiredService<AnalysisDatabase>().Database);
        services.AddSingleton(provider => new TableFolder(
            Directory(provider), SharedSources(provider)));
        services.AddSingleton<TableRows>();
        services.AddSingleton<IOwnedStorage, OwnedTables>();
        services.AddSingleton<TableWorkers>();
        services.AddSingleton(provider => new TableEngine(
            provider.GetRequiredService<TableWorkers>(), provider.GetRequiredService<TableFolder>().PathOf,
            provider.GetRequiredService<IOptions<AnalysisOptions>>()));
        services.AddSingleton<ITableQueries>(provider => provider.GetRequiredService<TableEngine>());
        services.AddSingleton<TableStore>();
        services.AddSingleton<AnswerMemory>();
        services.AddSingleton(provider => new AnalysisSessions(
            provider.GetRequiredService<AnalysisDatabase>(), provider.GetRequiredService<TableStore>(),
            provider.GetRequiredService<IOptions<AnalysisOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IStorageAllowance>()));
        services.AddSingleton<TableReadings>();
        services.AddSingleton(provider => new ChosenSessions(
            provider.GetRequiredService<AnalysisSessions>(), provider.GetRequiredService<TableStore>()));
        services.AddSingleton(provider => new AnalysisServices(
            provider.GetRequiredService<AnalysisSessions>(), provider.GetRequiredService<TableStore>(),
            provider.GetRequiredService<ITableQueries>(), provider.GetRequiredService<AnswerMemory>(), Planners(provider),
            provider.GetRequiredService<IOptions<AnalysisOptions>>(), new MeaningLookup(provider.GetService<IMeanings>())));
        services.AddWorkload<AnalysisWorkload>();
        services.AddHostedService<TableSweeper>();
        return services;
    }

    private static AnalysisDatabase OpenDatabase(IServiceProvider provider)
    {
        var (time, logger) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AnalysisDatabase>>());
        return AnalysisDatabase.Shared(provider.GetService<SharedDatabase>(), time, logger) ?? new AnalysisDatabase(
            Directory(provider), time, logger, Room(provider), provider.GetRequiredService<DataDirectory>().AcceptDataLoss);
    }

    // Beside the uploads: files that all nodes need.
    private static string? SharedSources(IServiceProvider provider) =>
        provider.GetRequiredService<AnalysisDatabase>().IsShared && provider.GetRequiredService<DataDirectory>().Shared is { } shared
            ? Path.Combine(shared, "tables")
            : null;

    private static DiskRoom? Room(IServiceProvider provider) => provider.GetService<DataDirectory>() is { } data
        ? new DiskRoom(Directory(provider), data.KeepFreeBytes, provider.GetRequiredService<TimeProvider>())
        : null;

    private static string Directory(IServiceProvider provider) =>
        Path.GetFullPath(provider.GetRequiredService<IOptions<AnalysisOptions>>().Value.Directory!);

    private static IReadOnlyList<ChatPlanner> Planners(IServiceProvider provider) =>
    [
        .. provider.GetServices<IChatEngine>().Select(engine => new ChatPlanner(
            engine, provider.GetRequiredService<ChatCall>(), provider.GetRequiredService<TransientRetry>())),
    ];
}
