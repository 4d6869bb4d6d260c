using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Workloads.Translation;

/// <summary>What kind of text it is.</summary>
internal enum TranslationFormat
{
    Plain,
    Markdown,
    Srt,
    Vtt,
    Json,
    Po,
}

/// <summary>What a <see cref="TranslationFormat"/> means.</summary>
internal static class TranslationFormats
{
    /// <summary>What requests call it.</summary>
    public static string Name(this TranslationFormat format) => format switch
    {
        TranslationFormat.Markdown => "markdown",
        TranslationFormat.Srt => "srt",
        TranslationFormat.Vtt => "vtt",
        TranslationFormat.Json => "json",
        TranslationFormat.Po => "po",
        _ => "plain",
    };

    public static string ContentType(this TranslationFormat format) => format switch
    {
        TranslationFormat.Markdown => "text/markdown; charset=utf-8",
        TranslationFormat.Srt => "application/x-subrip; charset=utf-8",
        TranslationFormat.Vtt => "text/vtt; charset=utf-8",
        TranslationFormat.Json => "application/json; charset=utf-8",
        TranslationFormat.Po => "text/x-gettext-translation; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };

    public static string Extension(this TranslationFormat format) => format switch
    {
        TranslationFormat.Plain => "txt",
        TranslationFormat.Markdown => "md",
        _ => format.Name(),
    };

    public static IReadOnlyList<Piece> Segment(this TranslationFormat format, string text) => format switch
    {
        TranslationFormat.Markdown => MarkdownSegmenter.Segment(text),
        TranslationFormat.Srt => SrtSegmenter.Segment(text),
        TranslationFormat.Vtt => VttSegmenter.Segment(text),
        TranslationFormat.Json => JsonSegmenter.Segment(text),
        TranslationFormat.Po => PoSegmenter.Segment(text),
        _ => PlainSegmenter.Segment(text),
    };

    /// <summary>How the words of an escaped piece of a text are written, by where it is.</summary>
    public static Func<Span, Escaping> Escapings(this TranslationFormat format, string text)
    {
        if (format == TranslationFormat.Markdown)
            return span => YamlScalar.Of(text[span.Start..span.End]);
        var one = format == TranslationFormat.Po ? PoEscaping.Of(text) : JsonEscaping.Of(text);
        return _ => one;
    }

    /// <summary>Whether a text is of its format at all.</summary>
    /// <exception cref="WorkloadException"><c>invalid_text</c>: it is not; the message says where.</exception>
    public static void Check(this TranslationFormat format, string text)
    {
        if (format == TranslationFormat.Json)
            JsonSegmenter.Check(text);
    }
}
