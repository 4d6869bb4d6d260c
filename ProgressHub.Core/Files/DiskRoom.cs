namespace ProgressHub.Core.Files;

/// <summary>
/// Whether a disk has room left for what is new. What fills a disk to its last byte takes everything else down with it, the
/// programs beside this one included, and deleting needs room too. Asked of the system at most once a second.
/// </summary>
/// <param name="folder">A folder on the disk; it need not be there yet.</param>
/// <param name="keepFree">How many bytes are to stay free.</param>
/// <param name="time">The clock.</param>
public sealed class DiskRoom(string folder, long keepFree, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private long? _lookedAt;
    private long _free = long.MaxValue;

    /// <summary>Whether less is free than is to stay so.</summary>
    public bool IsLow => Free() < keepFree;

    /// <summary>Whether less than half of that is free: then also what is under way has to wait.</summary>
    public bool IsNearlyFull => Free() < keepFree / 2;

    private long Free()
    {
        if (keepFree == 0)
            return long.MaxValue;
        lock (_gate)
        {
            if (_lookedAt is { } before && time.GetElapsedTime(before) < Look)
                return _free;
            _lookedAt = time.GetTimestamp();
            return _free = Ask();
        }
    }

    private long Ask()
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
            there = above;
        try
        {
            return new DriveInfo(there).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A disk that can't be asked tells what is wrong when it is written to.
            return long.MaxValue;
        }
    }
}
