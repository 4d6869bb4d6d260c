namespace ProgressHub.Core.Files;

/// <summary>Tells what is the disk's fault, as .NET tells it, from what is a defect.</summary>
public static class DiskFault
{
    /// <summary>Whether an exception of writing or reading a file is the disk's.</summary>
    /// <remarks>
    /// EFBIG, a file that may not grow any more (RLIMIT_FSIZE, the largest file of a file system), comes as an
    /// <see cref="ArgumentOutOfRangeException"/> of <c>value</c>.
    /// </remarks>
    public static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };
}
