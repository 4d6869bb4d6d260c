using Microsoft.Extensions.Options;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>The English model that Debian packages.</summary>
internal sealed class PocketSphinxModel(IOptions<TranscriptionOptions> options)
{
    private string Folder => options.Value.PocketSphinxModel;

    public string Acoustic => Path.Combine(Folder, "en-us");

    public string Language => Path.Combine(Folder, "en-us.lm.bin");

    public string Dictionary => Path.Combine(Folder, "cmudict-en-us.dict");

    public bool IsInstalled => Directory.Exists(Acoustic) && File.Exists(Language) && File.Exists(Dictionary);

    /// <summary>A word of a grammar that the dictionary does not have; null where it has them all.</summary>
    public async Task<string?> FindUnknownAsync(IReadOnlySet<string> words, CancellationToken cancellationToken)
    {
        var unknown = words.ToHashSet(StringComparer.Ordinal);
        await foreach (var line in File.ReadLinesAsync(Dictionary, cancellationToken))
        {
            // A word, a blank, its sounds; a word(2) says it in another way and has the first before it.
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (blank > 0 && unknown.Remove(line[..blank]) && unknown.Count == 0)
                return null;
        }

        return unknown.Order(StringComparer.Ordinal).FirstOrDefault();
    }
}
