namespace ProgressHub.Web.Components.Health;

/// <summary>The room on a disk, in bytes.</summary>
/// <param name="Free">What is left.</param>
/// <param name="All">What there is.</param>
internal readonly record struct DiskSpace(long Free, long All)
{
    private const double LowShare = 0.05;
    private const long LowBytes = 1_000_000_000;

    /// <summary>Whether it may soon be full.</summary>
    public bool IsLow => Free < LowBytes || Free < All * LowShare;

    /// <summary>The disk of a folder; null where the system does not say.</summary>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(folder));
            return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
