using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProgressHub.Core.Workloads;

/// <summary>Adds workloads to a host.</summary>
public static class WorkloadServiceCollectionExtensions
{
    /// <summary>Adds a workload: one instance, which serves all jobs of its kind. Adding it again changes nothing.</summary>
    /// <typeparam name="TWorkload">Derives from <see cref="Workload{TInput}"/>.</typeparam>
    public static IServiceCollection AddWorkload<TWorkload>(this IServiceCollection services)
        where TWorkload : class, IWorkload
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkload, TWorkload>());
        return services;
    }

    /// <summary>Adds what goes round every attempt; the first added is the outermost. Adding it again changes nothing.</summary>
    /// <typeparam name="TMiddleware">One instance serves all attempts.</typeparam>
    public static IServiceCollection AddAttemptMiddleware<TMiddleware>(this IServiceCollection services)
        where TMiddleware : class, IAttemptMiddleware
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttemptMiddleware, TMiddleware>());
        return services;
    }
}
