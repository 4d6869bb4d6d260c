using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>Reads the vectors that a node has in files, for another place to keep them. The files stay as they are.</summary>
internal static class VectorFiles
{
    private const string Ending = ".vectors";

    /// <summary>All vectors: what their space is called, their id, and their numbers.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<object?[]> ReadAll(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, $"*{Ending}").Order(StringComparer.Ordinal).SelectMany(Read);

    private static IEnumerable<object?[]> Read(string path)
    {
        var space = Path.GetFileNameWithoutExtension(path);
        var record = new byte[VectorRecord.Size(int.Parse(space[(space.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture))];
        using var file = File.OpenHandle(path);

        // Of two records of an id, which a crash may leave, the later one counts.
        Dictionary<long, long> live = [];
        for (long at = 0; ReadRecord(file, record, at); at += record.Length)
        {
            if (VectorRecord.IsSound(record) && VectorRecord.IsLive(record))
                live[VectorRecord.Id(record)] = at;
        }

        foreach (var (id, at) in live)
        {
            if (ReadRecord(file, record, at))
                yield return [space, id, record[VectorRecord.HeaderSize..]];
        }
    }

    private static bool ReadRecord(SafeFileHandle file, byte[] record, long at)
    {
        var total = 0;
        while (total < record.Length && RandomAccess.Read(file, record.AsSpan(total), at + total) is var read and > 0)
            total += read;
        return total == record.Length;
    }
}
