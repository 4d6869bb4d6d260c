using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.External;

/// <summary>Registers the workload of programs that report in.</summary>
public static class ExternalRegistration
{
    /// <summary>Adds the kind <c>external</c>, and <see cref="ExternalJobs"/> to deliver what programs report.</summary>
    public static IServiceCollection AddExternal(this IServiceCollection services)
    {
        services.AddSingleton<ExternalJobs>();
        return services.AddWorkload<ExternalWorkload>();
    }
}
