namespace ProgressHub.Core.Workloads.Knowledge.Documents;

/// <summary>Reads a file by what its name ends with; one that can't be read is an item that says why.</summary>
internal static class DocumentReader
{
    /// <summary>How large a file may be, in bytes.</summary>
    public const long MaxFileBytes = 64L * 1024 * 1024;

    public static readonly IReadOnlyList<string> Extensions = [".txt", ".md", ".html", ".csv", ".json"];

    /// <summary>The documents in a file, in its order.</summary>
    /// <param name="name">What its sender called it.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<ReadItem>> ReadFileAsync(string name, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (Refuse(name, new FileInfo(path).Length) is { } refusal)
                throw refusal;
            return Read(name, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (WorkloadException fault)
        {
            return [ReadItem.Failed(name, fault)];
        }
        catch (IOException exception)
        {
            return [ReadItem.Failed(name, new WorkloadException("file_unreadable", "The file can't be read.", exception))];
        }
    }

    /// <summary>Why a file can't be read, as far as its name and size tell; null where they are fine.</summary>
    public static WorkloadException? Refuse(string name, long bytes) =>
        FormatOf(name) is null ? Unsupported(name)
        : bytes > MaxFileBytes
            ? new WorkloadException("file_too_large", $"A file may have {MaxFileBytes / 1024 / 1024} MiB here; cut it into parts.")
            : null;

    /// <summary>The documents in the bytes of a file.</summary>
    public static IReadOnlyList<ReadItem> Read(string name, byte[] bytes)
    {
        var id = SafeId(name);
        try
        {
            return FormatOf(name) switch
            {
                ".txt" => [TextFile(id, name, TextDecoding.Decode(bytes))],
                ".md" => [HtmlDocuments.FromMarkdown(id, name, TextDecoding.Decode(bytes))],
                ".html" => [HtmlDocuments.FromHtml(id, name, TextDecoding.Decode(bytes))],
                ".csv" => CsvDocuments.Read(id, TextDecoding.Decode(bytes)),
                ".json" => JsonDocuments.Read(id, TextDecoding.Decode(bytes)),
                _ => throw Unsupported(name),
            };
        }
        catch (WorkloadException fault)
        {
            return [ReadItem.Failed(name, fault)];
        }
    }

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

    private static ReadItem TextFile(string id, string name, string text) =>
        ReadItem.Of(DocumentRules.Check(id, Path.GetFileNameWithoutExtension(name), [new Section(null, text)], []));

    private static string? FormatOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".text" => ".txt",
        ".markdown" => ".md",
        ".htm" or ".xhtml" => ".html",
        ".tsv" => ".csv",
        var ending => Extensions.Contains(ending) ? ending : null,
    };

    private static WorkloadException Unsupported(string name) => new(
        "unsupported_format",
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".pdf" => "PDF files can't be read here. Save it as text or HTML, or convert it (pdftotext).",
            "" => $"Files without an ending can't be read; {string.Join(", ", Extensions)} can.",
            var other => $"Files with the ending '{other}' can't be read; {string.Join(", ", Extensions)} can.",
        });
}
