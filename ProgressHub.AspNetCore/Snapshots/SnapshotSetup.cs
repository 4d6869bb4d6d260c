namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>Registers what snapshots are sent with.</summary>
internal static class SnapshotSetup
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) =>
        services.AddSingleton<MappedLinks>().AddSingleton<SnapshotViews>();
}
