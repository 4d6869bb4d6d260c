using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.External;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Transcription;
using ProgressHub.Workloads.Translation;

namespace ProgressHub.Workloads;

/// <summary>Registers the workloads that come with ProgressHub.</summary>
public static class WorkloadRegistration
{
    /// <summary>Adds all of them; each has a line of its own for a host that wants only some.</summary>
    public static IServiceCollection AddProgressHubWorkloads(this IServiceCollection services) => services
        .AddTranslation()
        .AddTranscription()
        .AddKnowledge()
        .AddAnalysis()
        .AddExternal();
}
