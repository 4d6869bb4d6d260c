using Microsoft.Extensions.DependencyInjection;

namespace ProgressHub.Workloads.Workers;

/// <summary>Registers what workers need.</summary>
internal static class WorkerRegistration
{
    /// <summary>Adds the options of workers.</summary>
    /// <exception cref="InvalidOperationException">This process was started as a worker, and its program does not know it.</exception>
    public static IServiceCollection AddWorkers(this IServiceCollection services)
    {
        // A second server over the same data, started by the first for each of its requests, would be worse than none.
        if (Environment.GetEnvironmentVariable(WorkerCommand.KindVariable) is { } kind)
            throw new InvalidOperationException($"This program was started as a worker ('{kind}') and goes on as something else. {WorkerProgram.WhatToAdd}");
        services.AddOptionsWithValidateOnStart<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations();
        return services;
    }
}
