namespace ProgressHub.Workloads.Inference;

/// <summary>
/// FNV-1a, 64 bits (draft-eastlake-fnv), over UTF-16 code units: the same in every process, which
/// <c>string.GetHashCode</c> is not.
/// </summary>
internal static class Fnv1a
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * Prime;
            hash = (hash ^ (byte)(c >> 8)) * Prime;
        }

        return hash;
    }
}
