namespace ProgressHub.Workloads.Translation;

/// <summary>Texts to try a translation with, in English, written for this purpose.</summary>
public static class TranslationSamples
{
    private static readonly Lazy<string> LazyMarkdown = new(() => Read("lighthouse.md"));
    private static readonly Lazy<string> LazySubtitles = new(() => Read("lighthouse.srt"));

    /// <summary>A story of about 8 kB in Markdown, with most of what Markdown has.</summary>
    public static string Markdown => LazyMarkdown.Value;

    /// <summary>A scene of the same story as SRT subtitles.</summary>
    public static string Subtitles => LazySubtitles.Value;

    private static string Read(string name)
    {
        var type = typeof(TranslationSamples);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.Samples.{name}")
            ?? throw new InvalidOperationException($"The sample '{name}' is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
