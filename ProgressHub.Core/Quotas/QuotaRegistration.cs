using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Quotas;

/// <summary>Registers quotas.</summary>
internal static class QuotaRegistration
{
    public static IServiceCollection AddQuotas(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<QuotaOptions>().BindConfiguration(QuotaOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton<IQuotaOverrides, NoQuotaOverrides>();
        services.AddSingleton<QuotaBook>().AddSingleton<QuotaKeeper>();
        services.AddSingleton<IUploadAllowance>(static provider => provider.GetRequiredService<QuotaKeeper>());
        services.AddSingleton<IStorageAllowance>(static provider => provider.GetRequiredService<QuotaKeeper>());
        return services;
    }
}
