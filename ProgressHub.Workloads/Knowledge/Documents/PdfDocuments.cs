using System.Globalization;
using System.Text;
using ProgressHub.Core.Workloads;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Exceptions;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The text of a PDF, page by page and column by column; pages that are pictures are told.</summary>
internal sealed class PdfDocuments
{
    private readonly List<int> _pictures = [];
    private int _pages;
    private bool _isCut;

    /// <summary>The title that its author gave it; null for none.</summary>
    public string? Title { get; private set; }

    /// <summary>The share of its pages that is read, 0..1.</summary>
    public double Share { get; private set; }

    /// <summary>That the file is not whole, and which pages hold pictures and no text; null where neither is so.</summary>
    public string? Warning => _isCut ? $"The end of the file is missing; what could be found of it was read.{(Pictures is { } more ? $" {more}" : "")}" : Pictures;

    private string? Pictures => _pictures.Count == 0 ? null
        : $"{(_pictures.Count == 1 ? "Page" : "Pages")} {PageRanges.Of(_pictures)} of {_pages} {(_pictures.Count == 1 ? "holds" : "hold")} pictures and no text: scanned pages must go through text recognition (OCR) first.";

    /// <exception cref="WorkloadException"><c>encrypted_document</c>, <c>invalid_pdf</c> or <c>scanned_document</c>.</exception>
    public IEnumerable<Section> Read(Stream file)
    {
        _isCut = !EndsAsItShould(file);
        using var document = Guarded(() => Open(file));
        Title = document.Information.Title is { Length: > 0 } title && !string.IsNullOrWhiteSpace(title) ? title : null;
        _pages = document.NumberOfPages;
        var any = false;
        for (var number = 1; number <= _pages; number++)
        {
            var at = number;
            var text = Guarded(() => PageText(document, at));
            Share = (double)number / _pages;
            if (text.Length == 0)
                continue;
            any = true;
            yield return new Section(null, text) { Page = number };
        }

        if (!any && _pictures.Count > 0)
        {
            throw new WorkloadException("scanned_document", string.Create(
                CultureInfo.InvariantCulture, $"Its {_pages:N0} pages are pictures: there is no text in them. Run text recognition (OCR) over it first."));
        }
    }

    // The last line of a PDF (ISO 32000-1, 7.5.5), behind which some writers leave blanks or zeros.
    private static bool EndsAsItShould(Stream file)
    {
        Span<byte> end = stackalloc byte[2048];
        file.Position = Math.Max(0, file.Length - end.Length);
        var read = file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return end[..read].LastIndexOf("%%EOF"u8) >= 0;
    }

    private static PdfDocument Open(Stream file)
    {
        var lenient = new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true };
        try
        {
            return PdfDocument.Open(file, lenient);
        }
        catch (PdfDocumentFormatException)
        {
            if (PdfRepair.Of(file) is not { } repaired)
                throw;
            return PdfDocument.Open(repaired, lenient);
        }
    }

    private string PageText(PdfDocument document, int number)
    {
        var page = document.GetPage(number);
        var words = NearestNeighbourWordExtractor.Instance.GetWords(page.Letters).Where(w => !string.IsNullOrWhiteSpace(w.Text)).ToList();
        if (words.Count == 0)
        {
            if (page.GetImages().Any())
                _pictures.Add(number);
            return "";
        }

        return PdfReadingOrder.Text(words).Normalize(NormalizationForm.FormKC);
    }

    // The parser meets whatever a stranger's bytes say, and throws whatever its code then does.
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PdfDocumentEncryptedException locked)
        {
            throw new WorkloadException("encrypted_document", "The PDF is protected by a password. Save it without one.", locked);
        }
        catch (Exception broken) when (broken is not (WorkloadException or OutOfMemoryException))
        {
            throw new WorkloadException("invalid_pdf", "The PDF is damaged or cut short, or no PDF at all.", broken);
        }
    }
}
