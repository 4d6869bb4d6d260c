using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProgressHub.Core.Schedules;

/// <summary>Registers schedules.</summary>
internal static class ScheduleRegistration
{
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton<IScheduleOwners, EveryOwner>();
        services.AddSingleton<ScheduleCheck>().AddSingleton<ScheduleJobs>().AddSingleton<ScheduleFiring>().AddSingleton<ScheduleService>();
        services.AddHostedService<ScheduleClock>();
        return services;
    }
}
