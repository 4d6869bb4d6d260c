using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Workloads.Knowledge.Ingest;

/// <summary>
/// How long an ingest takes, as far as the files that have come tell, by their size and kind: for a server that has learned
/// nothing yet. Measured on two cores; how quick another machine is shows as the work goes on.
/// </summary>
internal sealed class IngestForecast(WorkloadContext context, int files, string embedder)
{
    // The first file waits for the process that reads.
    private const double StartMs = 500;
    private const double FileMs = 10;

    // What it read comes from there in messages, by their characters.
    private const double HandOverMs = 0.00002;
    private const double CharactersOfAPassage = 800;

    // To write a passage with its vector, and to read it and count its words, in milliseconds.
    private const double StoreMs = 0.05;
    private const double IndexMs = 0.06;

    private double? _indexMs;
    private int _toEmbed;
    private long _toIndex;
    private double _readingMs;
    private double _characters;
    private int _seen;
    private bool _isOpen;

    /// <summary>Documents that stand in the request.</summary>
    public void Add(long characters)
    {
        _characters += characters;
        Tell();
    }

    /// <summary>A file that has come.</summary>
    public void Add(string name, long bytes)
    {
        var (readMs, characters) = PerByte(FileFormats.Of(name));
        _readingMs += FileMs + (bytes * (readMs + (characters * HandOverMs)));
        _characters += bytes * characters;
        _seen++;
        Tell();
    }

    /// <summary>The share of the time of embedding, 0..1, that is over; null where there is nothing to embed.</summary>
    /// <param name="embedded">How many passages have their vectors.</param>
    /// <param name="written">How many of them are written.</param>
    public double? ShareOf(double embedded, double written) => _toEmbed == 0
        ? null
        : ((PassageMs() * embedded) + (WriteMs() * written)) / ((PassageMs() + WriteMs()) * _toEmbed);

    /// <summary>How much there is to embed, once that is known, and to read when the collection is opened.</summary>
    /// <param name="passages">Those that get vectors.</param>
    /// <param name="indexed">Those that are read then; null where it is open, and what is written is found at once.</param>
    public void Count(int passages, long? indexed)
    {
        _isOpen = indexed is null;
        Tell(_toEmbed = passages, _toIndex = indexed ?? 0);
    }

    /// <summary>How long it really takes to read a passage and count its words.</summary>
    /// <param name="ratio">As a multiple of what its vector takes.</param>
    /// <param name="tries">How often that was tried: what is known beforehand counts as much as one of them.</param>
    public void Index(double ratio, int tries)
    {
        _indexMs = IndexMs * Math.Pow(ratio * PassageMs() / IndexMs, tries / (tries + 1.0));
        Tell(_toEmbed, _toIndex);
    }

    private void Tell()
    {
        // Those still to come are taken to be like those that came.
        var all = files == 0 ? 1 : (double)files / Math.Max(1, _seen);
        if (files > 0 && _seen == 0)
            return;
        context.Expect("reading", TimeSpan.FromMilliseconds(files == 0 ? 1 : StartMs + (_readingMs * all)));
        var passages = (int)Math.Min(int.MaxValue, Math.Ceiling(_characters * all / CharactersOfAPassage));
        Tell(passages, passages);
    }

    private void Tell(int passages, long indexed)
    {
        context.Expect("chunking", TimeSpan.FromMilliseconds(20 + (passages * 0.02)));
        context.Expect("embedding", TimeSpan.FromMilliseconds(20 + (passages * (PassageMs() + WriteMs()))));
        context.Expect("indexing", TimeSpan.FromMilliseconds(20 + (indexed * (_indexMs ?? IndexMs))));
    }

    private double WriteMs() => StoreMs + (_isOpen ? _indexMs ?? IndexMs : 0);

    /// <summary>What makes the vectors of an embedder, such as <c>openai</c> or <c>hashed</c>.</summary>
    public static string EngineOf(string embedder) => embedder.Split('/', '-')[0];

    private double PassageMs() => EngineOf(embedder) switch
    {
        "hashed" => 0.1,
        "openai" => 15,

        // A model in this process.
        _ => 40,
    };

    // Milliseconds of reading and characters of text for each byte: packed formats hold more of it than they weigh.
    private static (double ReadMs, double Characters) PerByte(FileFormat? format) => format switch
    {
        FileFormat.Pdf => (0.004, 0.3),
        FileFormat.Word or FileFormat.PowerPoint => (0.002, 1.5),
        FileFormat.Excel => (0.004, 3),
        FileFormat.Html => (0.0002, 0.6),
        FileFormat.Markdown => (0.0003, 0.95),
        _ => (0.00001, 1),
    };
}
