using ProgressHub.Core.Workloads.Translation.Segmentation;

namespace ProgressHub.Core.Workloads.Translation;

/// <summary>What kind of text it is.</summary>
internal enum TranslationFormat
{
    Plain,
    Markdown,
    Srt,
}

/// <summary>What a <see cref="TranslationFormat"/> means.</summary>
internal static class TranslationFormats
{
    public static readonly IReadOnlyList<string> Names = ["plain", "markdown", "srt"];

    public static TranslationFormat? Parse(string name) => name switch
    {
        "plain" => TranslationFormat.Plain,
        "markdown" => TranslationFormat.Markdown,
        "srt" => TranslationFormat.Srt,
        _ => null,
    };

    public static string Name(this TranslationFormat format) => Names[(int)format];

    public static string ContentType(this TranslationFormat format) => format switch
    {
        TranslationFormat.Markdown => "text/markdown; charset=utf-8",
        TranslationFormat.Srt => "application/x-subrip; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };

    public static string Extension(this TranslationFormat format) => format switch
    {
        TranslationFormat.Markdown => "md",
        TranslationFormat.Srt => "srt",
        _ => "txt",
    };

    public static IReadOnlyList<Piece> Segment(this TranslationFormat format, string text) => format switch
    {
        TranslationFormat.Markdown => MarkdownSegmenter.Segment(text),
        TranslationFormat.Srt => SrtSegmenter.Segment(text),
        _ => PlainSegmenter.Segment(text),
    };
}
