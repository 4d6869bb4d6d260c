using System.IO.Compression;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>What the parts of an Office file unpack to.</summary>
internal sealed class PackageSizes
{
    private readonly ILookup<string, long> _parts;

    private PackageSizes(ILookup<string, long> parts) => _parts = parts;

    /// <summary>Knows of nothing.</summary>
    public static PackageSizes None { get; } = new(Array.Empty<ZipArchiveEntry>().ToLookup(e => e.FullName, e => e.Length));

    /// <summary>Looks at a package; it stands at its beginning afterwards.</summary>
    public static PackageSizes Of(Stream package)
    {
        package.Position = 0;
        using var zip = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true);
        var sizes = new PackageSizes(zip.Entries.ToLookup(e => e.FullName, e => e.Length, StringComparer.OrdinalIgnoreCase));
        package.Position = 0;
        return sizes;
    }

    /// <summary>How many bytes a part has; null where the package does not say.</summary>
    public long? OfPart(Uri part) => _parts[part.OriginalString.TrimStart('/')].Select(size => (long?)size).FirstOrDefault();
}
