using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProgressHub.Core.Uploads;

/// <summary>Registers uploads.</summary>
internal static class UploadRegistration
{
    public static IServiceCollection AddUploads(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<UploadOptions>()
            .BindConfiguration(UploadOptions.Section)
            .ValidateDataAnnotations();
        services.AddSingleton<IBlobStore, BlobFolder>();
        services.AddSingleton<LiveUploads>();
        services.AddSingleton<UploadFollower>();
        services.AddSingleton<UploadTurns>();
        services.AddSingleton<WorkFolders>();
        services.AddSingleton(provider => new UploadService(
            provider.GetRequiredService<IFileStore>(), provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<LiveUploads>(),
            provider.GetRequiredService<IUploadAllowance>(), provider.GetRequiredService<IOptions<UploadOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<UploadSweeper>();
        return services;
    }
}
