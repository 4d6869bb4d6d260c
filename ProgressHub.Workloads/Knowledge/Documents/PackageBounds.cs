using System.IO.Compression;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>What an Office file, which is a zip archive, may unfold to: a few kilobytes can hold gigabytes of nothing.</summary>
internal static class PackageBounds
{
    private const int MaxParts = 20_000;
    private const long MaxUnpackedBytes = 1L << 30;

    // Text is packed to a tenth or so; the same byte again and again, to a thousandth.
    private const long MaxRatio = 200;
    private const long AlwaysFine = 8L << 20;

    /// <exception cref="WorkloadException"><c>document_too_complex</c>.</exception>
    public static FileFormat Check(ZipArchive zip, FileFormat format)
    {
        var unpacked = zip.Entries.Sum(e => Math.Max(0, e.Length));
        if (zip.Entries.Count > MaxParts || unpacked > MaxUnpackedBytes
            || zip.Entries.Any(e => e.Length > AlwaysFine && e.Length / Math.Max(1, e.CompressedLength) > MaxRatio))
            throw new WorkloadException("document_too_complex", "The file unpacks to far more than a document has.");
        return format;
    }
}
