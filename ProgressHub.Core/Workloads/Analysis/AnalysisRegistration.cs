using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Analysis.Planning;
using ProgressHub.Core.Workloads.Analysis.Sessions;
using ProgressHub.Core.Workloads.Inference;

namespace ProgressHub.Core.Workloads.Analysis;

/// <summary>Registers questions over tables.</summary>
public static class AnalysisRegistration
{
    /// <summary>Adds the kind <c>analysis</c>, and <see cref="AnalysisSessions"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="directory">Where tables and sessions are kept, where the configuration does not say.</param>
    public static IServiceCollection AddAnalysis(this IServiceCollection services, Func<IServiceProvider, string> directory)
    {
        services.AddInference();
        services.AddOptionsWithValidateOnStart<AnalysisOptions>()
            .BindConfiguration(AnalysisOptions.Section).ValidateDataAnnotations()
            .PostConfigure<IServiceProvider>((options, provider) => options.Directory ??= directory(provider));

        services.AddSingleton(provider => new AnalysisDatabase(Directory(provider)));
        services.AddSingleton(provider => new TableStore(
            provider.GetRequiredService<AnalysisDatabase>(), Directory(provider),
            provider.GetRequiredService<IOptions<AnalysisOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AnswerMemory>();
        services.AddSingleton(provider => new AnalysisSessions(
            provider.GetRequiredService<AnalysisDatabase>(), provider.GetRequiredService<TableStore>(),
            provider.GetRequiredService<IOptions<AnalysisOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ChosenSessions(
            provider.GetRequiredService<AnalysisSessions>(), provider.GetRequiredService<TableStore>()));
        services.AddSingleton(provider => new AnalysisServices(
            provider.GetRequiredService<AnalysisSessions>(), provider.GetRequiredService<TableStore>(),
            provider.GetRequiredService<AnswerMemory>(), Planners(provider),
            provider.GetRequiredService<IOptions<AnalysisOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IWorkload, AnalysisWorkload>();
        services.AddHostedService<TableSweeper>();
        return services;
    }

    private static string Directory(IServiceProvider provider) =>
        Path.GetFullPath(provider.GetRequiredService<IOptions<AnalysisOptions>>().Value.Directory!);

    private static IReadOnlyList<ChatPlanner> Planners(IServiceProvider provider) =>
    [
        .. provider.GetServices<IChatEngine>().Select(engine => new ChatPlanner(
            engine, provider.GetRequiredService<ChatCall>(), provider.GetRequiredService<TransientRetry>())),
    ];
}
