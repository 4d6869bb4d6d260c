using System.IO.Compression;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>What a file is by its first bytes, whatever it is called.</summary>
internal enum FileKind
{
    Delimited,
    Workbook,
    Parquet,
}

/// <summary>Finds out what files are.</summary>
internal static class FileKinds
{
    /// <summary>Looks at a file.</summary>
    /// <exception cref="WorkloadException"><c>not_a_table</c>: it is something else, and the message says what to send.</exception>
    public static FileKind Of(Stream file)
    {
        file.Position = 0;
        Span<byte> start = stackalloc byte[8];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..length] switch
        {
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => FileKind.Parquet,
            [(byte)'P', (byte)'K', 3, 4, ..] => OfArchive(file),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => throw NotATable("is a workbook of the old kind (.xls); save it as .xlsx or CSV"),
            [0x1F, 0x8B, ..] => throw NotATable("is compressed (gzip); unpack it first"),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => throw NotATable("is a PDF"),
            _ => FileKind.Delimited,
        };
    }

    // All of these are zip archives; what is in them tells.
    private static FileKind OfArchive(Stream file)
    {
        try
        {
            file.Position = 0;
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.GetEntry("xl/workbook.xml") is not null)
                return FileKind.Workbook;
            throw NotATable(
                archive.GetEntry("xl/workbook.bin") is not null ? "is a binary workbook (.xlsb); save it as .xlsx or CSV"
                : archive.GetEntry("content.xml") is not null ? "is an OpenDocument file (.ods); save its sheet as .xlsx or CSV"
                : archive.GetEntry("Index/Document.iwa") is not null ? "is a Numbers file; export it as .xlsx or CSV"
                : "is a zip archive but no .xlsx workbook; unpack it first");
        }
        catch (InvalidDataException)
        {
            throw NotATable("is a damaged zip archive");
        }
    }

    private static WorkloadException NotATable(string what) =>
        new("not_a_table", $"The file {what}. Send CSV or TSV, an .xlsx workbook, or Parquet.");
}
