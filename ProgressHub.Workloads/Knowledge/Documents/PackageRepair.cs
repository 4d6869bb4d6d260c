using System.IO.Compression;
using System.Text;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>
/// Office opens packages that do not name the type of their relationships, as small programs write them; the library does not.
/// </summary>
internal static class PackageRepair
{
    private const string Types = "[Content_Types].xml";
    private const string End = "</Types>";
    private const string Relationships = """<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>""";
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The package, or a copy in which that type is named.</summary>
    public static Stream Of(Stream file)
    {
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        if (file.Length > MaxBytes || zip.GetEntry(Types) is not { Length: < MaxBytes } entry)
            return file;
        using var reader = new StreamReader(entry.Open());
        var types = reader.ReadToEnd();
        if (types.Contains("\"rels\"", StringComparison.OrdinalIgnoreCase) || !types.Contains(End, StringComparison.Ordinal))
            return file;
        var copy = new MemoryStream();
        file.Position = 0;
        file.CopyTo(copy);
        using (var written = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            written.GetEntry(Types)!.Delete();
            using var part = written.CreateEntry(Types).Open();
            part.Write(Encoding.UTF8.GetBytes(types.Replace(End, Relationships + End, StringComparison.Ordinal)));
        }

        return copy;
    }
}
