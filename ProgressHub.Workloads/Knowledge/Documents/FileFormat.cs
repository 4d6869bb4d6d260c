using System.IO.Compression;
using System.Text;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>What a file is, as far as reading it goes.</summary>
internal enum FileFormat
{
    Text,
    Markdown,
    Html,
    Csv,
    Json,
    Pdf,
    Word,
    Excel,
    PowerPoint,
}

/// <summary>Tells what a file is: by its first bytes where those say so, else by its name.</summary>
internal static class FileFormats
{
    private const int HeadBytes = 1024;

    private static readonly Dictionary<string, FileFormat> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".md"] = FileFormat.Markdown, [".markdown"] = FileFormat.Markdown, [".mdx"] = FileFormat.Markdown,
        [".html"] = FileFormat.Html, [".htm"] = FileFormat.Html, [".xhtml"] = FileFormat.Html,
        [".csv"] = FileFormat.Csv, [".tsv"] = FileFormat.Csv, [".json"] = FileFormat.Json,
        [".pdf"] = FileFormat.Pdf,
        [".docx"] = FileFormat.Word, [".docm"] = FileFormat.Word, [".dotx"] = FileFormat.Word,
        [".xlsx"] = FileFormat.Excel, [".xlsm"] = FileFormat.Excel,
        [".pptx"] = FileFormat.PowerPoint, [".pptm"] = FileFormat.PowerPoint,
    };

    // Prose has paragraphs; all other text is lines, and their ends and indentation stay.
    private static readonly HashSet<string> Prose = new(StringComparer.OrdinalIgnoreCase) { "", ".txt", ".text", ".rst", ".adoc", ".org", ".tex" };

    // What can't be text or a document that is read here, so that nobody sends it in vain.
    private static readonly HashSet<string> Hopeless = new(StringComparer.OrdinalIgnoreCase)
    {
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".ico", ".heic", ".mp3", ".wav", ".ogg", ".flac", ".m4a", ".mp4",
        ".mov", ".avi", ".mkv", ".webm", ".zip", ".7z", ".rar", ".gz", ".tar", ".exe", ".dll", ".so", ".bin", ".iso", ".class", ".jar",
        ".parquet", ".epub", ".odt", ".ods", ".odp", ".doc", ".xls", ".ppt", ".rtf", ".pages", ".numbers", ".key", ".ttf", ".woff", ".woff2",
    };

    /// <summary>The endings to name and to offer; any other file that is text is read too.</summary>
    public static readonly IReadOnlyList<string> Known = [".txt", ".md", ".html", ".csv", ".json", ".pdf", ".docx", ".xlsx", ".pptx"];

    /// <summary>Whether the text of a file of this name is a line after another rather than paragraphs.</summary>
    public static bool IsLines(string name) => !Prose.Contains(Path.GetExtension(name));

    /// <summary>What a name says; null where nothing of the name can be read.</summary>
    public static FileFormat? Of(string name)
    {
        var ending = Path.GetExtension(name);
        return ByEnding.TryGetValue(ending, out var format) ? format : Hopeless.Contains(ending) ? null : FileFormat.Text;
    }

    /// <summary>What a file is.</summary>
    /// <exception cref="WorkloadException"><c>unsupported_format</c>, <c>encrypted_document</c> or <c>invalid_*</c>.</exception>
    public static FileFormat Of(string name, Stream file)
    {
        var named = Of(name) ?? throw Unsupported(name);
        var head = new byte[HeadBytes];
        file.Position = 0;
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        file.Position = 0;
        if (start.IndexOf("%PDF-"u8) >= 0)
            return FileFormat.Pdf;
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return Package(name, named, file);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            throw Compound(file);
        return named switch
        {
            FileFormat.Pdf => throw new WorkloadException("invalid_pdf", "The file is no PDF, though its name says so."),
            FileFormat.Word or FileFormat.Excel or FileFormat.PowerPoint => throw Invalid(named, null),
            _ => named,
        };
    }

    public static WorkloadException Unsupported(string name) => new(
        "unsupported_format",
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".doc" or ".rtf" or ".odt" => "Save it as .docx or PDF: the older and other kinds of word processor files can't be read.",
            ".xls" or ".ods" => "Save it as .xlsx or .csv: the older and other kinds of workbooks can't be read.",
            ".ppt" or ".odp" => "Save it as .pptx or PDF: the older and other kinds of slides can't be read.",
            var ending => $"Files with the ending '{ending}' can't be read; {string.Join(", ", Known)} and any other text can.",
        });

    /// <summary>That an Office file is damaged.</summary>
    public static WorkloadException Invalid(FileFormat format, Exception? why)
    {
        var (code, what) = format switch
        {
            FileFormat.Word => ("invalid_docx", "Word document (.docx)"),
            FileFormat.Excel => ("invalid_xlsx", "workbook (.xlsx)"),
            _ => ("invalid_pptx", "presentation (.pptx)"),
        };
        return new WorkloadException(code, $"It is no {what}, or a damaged one.", why);
    }

    private static FileFormat Package(string name, FileFormat named, Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var (part, format) in new[] { ("word/", FileFormat.Word), ("xl/", FileFormat.Excel), ("ppt/", FileFormat.PowerPoint) })
            {
                if (zip.GetEntry("[Content_Types].xml") is not null && zip.Entries.Any(e => e.FullName.StartsWith(part, StringComparison.OrdinalIgnoreCase)))
                    return PackageBounds.Check(zip, format);
            }
        }
        catch (InvalidDataException broken)
        {
            throw named is FileFormat.Word or FileFormat.Excel or FileFormat.PowerPoint ? Invalid(named, broken) : Unsupported(name);
        }

        throw named is FileFormat.Word or FileFormat.Excel or FileFormat.PowerPoint
            ? Invalid(named, null)
            : new WorkloadException("unsupported_format", "It is a zip archive; take the files in it in one by one.");
    }

    // An Office file with a password is such a file too, with a stream of that name.
    private static WorkloadException Compound(Stream file)
    {
        var sample = new byte[64 * 1024];
        file.Position = 0;
        var read = sample.AsSpan(0, file.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false));
        return read.IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0
            ? new WorkloadException("encrypted_document", "The file is protected by a password. Save it without one.")
            : new WorkloadException("unsupported_format", "It is in the format of Office before 2007. Save it as .docx, .xlsx, .pptx or PDF.");
    }
}
