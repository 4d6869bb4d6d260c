using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Reads a file in pieces; it runs in a worker, since a stranger's file may keep a parser busy for ever.</summary>
internal static class DocumentReader
{
    /// <summary>How large a file may be, in bytes.</summary>
    public const long MaxFileBytes = 64L * 1024 * 1024;

    // A piece goes through a pipe as one message.
    private const int PieceCharacters = 256 * 1024;

    /// <summary>Why a file can't be read, as far as its name and size tell; null where they are fine.</summary>
    public static WorkloadException? Refuse(string name, long bytes) =>
        FileFormats.Of(name) is null ? FileFormats.Unsupported(name)
        : bytes > MaxFileBytes
            ? new WorkloadException("file_too_large", $"A file may have {MaxFileBytes / 1024 / 1024} MiB here; cut it into parts.")
            : null;

    /// <summary>Reads; what can't be read is a piece that says why.</summary>
    public static ReadNotes Read(string name, Stream file, Action<DocumentPiece> write)
    {
        var id = SafeId(name);
        try
        {
            if (Refuse(name, file.Length) is { } refusal)
                throw refusal;
            var format = FileFormats.Of(name, file);
            return format switch
            {
                FileFormat.Pdf => Pdf(id, name, file, write),
                FileFormat.Word or FileFormat.Excel or FileFormat.PowerPoint => Office(id, name, format, file, write),
                _ => Text(id, name, format, file, write),
            };
        }
        catch (WorkloadException fault)
        {
            write(DocumentPiece.Failed(id, fault));
            return new ReadNotes(null, null);
        }
    }

    private static ReadNotes Text(string id, string name, FileFormat format, Stream file, Action<DocumentPiece> write)
    {
        var source = TextSource.Of(file, CancellationToken.None)
            ?? throw new WorkloadException("not_text", "This is no text: it has zero bytes in it.");
        file.Position = 0;
        using var text = new LineEnds(new StreamReader(file, source.Encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true));
        var share = new ReadShare(id, write);
        switch (format)
        {
            case FileFormat.Markdown:
                write(DocumentPiece.Of(HtmlDocuments.FromMarkdown(id, name, text.ReadToEnd(), share.Tell)));
                break;
            case FileFormat.Html:
                write(DocumentPiece.Of(HtmlDocuments.FromHtml(id, name, text, _ => ShareOf(file) ?? 1, share.Tell)));
                break;
            case FileFormat.Csv:
                foreach (var item in CsvDocuments.Read(id, text))
                    write(DocumentPiece.Of(item) with { Share = ShareOf(file) });
                break;
            case FileFormat.Json:
                var items = JsonDocuments.Read(id, text.ReadToEnd());
                foreach (var (index, item) in items.Index())
                    write(DocumentPiece.Of(item) with { Share = (index + 1.0) / items.Count });
                break;
            default:
                var kind = FileFormats.IsLines(name) ? SectionKind.Lines : SectionKind.Prose;
                Write(id, PlainDocuments.Read(text, kind), () => TitleOf(name), () => ShareOf(file), write);
                break;
        }

        return source.Encoding is UTF8Encoding ? new ReadNotes(null, source.Warning) : new ReadNotes(TextSource.Label(source.Encoding), null);
    }

    private static ReadNotes Pdf(string id, string name, Stream file, Action<DocumentPiece> write)
    {
        var document = new PdfDocuments();
        Write(id, document.Read(file), () => document.Title ?? TitleOf(name), () => document.Share, write);
        return new ReadNotes(null, document.Warning);
    }

    private static ReadNotes Office(string id, string name, FileFormat format, Stream file, Action<DocumentPiece> write)
    {
        try
        {
            var (word, slides) = (new WordDocuments(), new PowerPointDocuments());
            var package = PackageRepair.Of(file);
            package.Position = 0;
            var sheets = new ExcelDocuments();
            var sections = format switch
            {
                FileFormat.Word => word.Read(package),
                FileFormat.Excel => sheets.Read(package),
                _ => slides.Read(package),
            };
            Write(
                id, sections, () => (word.Title ?? slides.Title) is { } title && !string.IsNullOrWhiteSpace(title) ? title : TitleOf(name),
                () => word.Share ?? sheets.Share ?? slides.Share, write);
            return new ReadNotes(null, null);
        }
        catch (Exception broken) when (broken is not (WorkloadException or OutOfMemoryException))
        {
            // The parsers meet whatever a stranger's bytes say, and throw whatever their code then does.
            throw FileFormats.Invalid(format, broken);
        }
    }

    private static void Write(
        string id, IEnumerable<Section> sections, Func<string> title, Func<double?> share, Action<DocumentPiece> write)
    {
        List<Section> piece = [];
        long all = 0;
        var told = 0.0;
        var characters = 0;
        foreach (var section in sections)
        {
            if ((all += section.Text.Length) > DocumentRules.MaxCharacters)
                throw DocumentRules.TooLong();
            piece.Add(section);
            var read = share();
            if ((characters += section.Text.Length) < PieceCharacters && !(read - told >= ReadShare.Step))
                continue;
            write(new DocumentPiece(id, piece, Last: false) { Share = read });
            (piece, characters, told) = ([], 0, read ?? 0);
        }

        write(new DocumentPiece(id, piece, Last: true) { Title = title() });
    }

    private static double? ShareOf(Stream file) => file.Length > 0 ? (double)file.Position / file.Length : null;

    private static string TitleOf(string name) => Path.GetFileNameWithoutExtension(name);

    /// <summary>A file's name as the id of the document in it.</summary>
    private static string SafeId(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsControl(c) || c is '/' or '\\' ? '_' : c)).Trim();
        return safe.Length switch
        {
            0 => "document",
            // Leaves room for what tells the rows of a file apart.
            > SourceDocument.MaxIdCharacters - 20 => safe[..(SourceDocument.MaxIdCharacters - 20)],
            _ => safe,
        };
    }
}
