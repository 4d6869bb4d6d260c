using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>The forms of an answer: OpenAI's five, and the one of <c>/transcribe</c>.</summary>
internal static class TranscriptBodies
{
    // OpenAI sends subtitles as plain text too, and its .NET client counts on that.
    private const string PlainText = "text/plain; charset=utf-8";

    public static string TypeOf(TranscriptOrder order) =>
        order.Fields.Format is "text" or "srt" or "vtt" ? PlainText : "application/json";

    /// <summary>The body of an answer.</summary>
    /// <param name="result">What the workload kept.</param>
    /// <param name="order">What was asked.</param>
    /// <param name="job">The job at its end.</param>
    /// <param name="workload">The workload, which makes subtitles.</param>
    public static byte[] Write(ResultDocument result, TranscriptOrder order, JobSnapshot job, IWorkload workload)
    {
        var kept = Read(result);
        return order.Fields.Format switch
        {
            "text" when kept.Segments.All(s => s.Speaker is null) => Encoding.UTF8.GetBytes(kept.Text + "\n"),
            "text" => Form("text"),
            "srt" or "vtt" => Form(order.Fields.TellsWords ? $"{order.Fields.Format}-words" : order.Fields.Format),
            "verbose_json" => JsonSerializer.SerializeToUtf8Bytes(Verbose(kept, order), TranscriptionJson.Wire.VerboseView),
            "json" or null when order.IsOpenAI => JsonSerializer.SerializeToUtf8Bytes(
                new TranscriptionView(kept.Text, Usage(kept), order.Id.Text, kept.Engine), TranscriptionJson.Wire.TranscriptionView),
            _ => JsonSerializer.SerializeToUtf8Bytes(
                new TranscribeView(
                    kept.Text, order.Id.Text, kept.Language, kept.Duration,
                    [.. kept.Segments.Select((s, i) => new NumberedSegment(i, s.Start, s.End, s.Text, s.Channel, s.Speaker, s.Words))],
                    order.Fields.Model, kept.Engine ?? job.Engine),
                TranscriptionJson.Wire.TranscribeView),
        };

        byte[] Form(string name) => workload.Render(result, workload.Descriptor.ResultForms.Single(form => form.Name == name)).Body.ToArray();
    }

    /// <summary>The transcript in a result of the workload.</summary>
    public static KeptTranscript Read(ResultDocument result) =>
        JsonSerializer.Deserialize(result.Body.Span, TranscriptionJson.Wire.KeptTranscript)!;

    private static VerboseView Verbose(KeptTranscript kept, TranscriptOrder order) => new(
        order.Fields.Task ?? "transcribe", Name(kept.Language), kept.Duration, kept.Text,
        order.Fields.TellsSegments ? Segments(kept, order) : null,
        order.Fields.TellsWords ? [.. kept.Segments.SelectMany(s => s.Words ?? [])] : null,
        Usage(kept), order.Id.Text, kept.Engine);

    private static List<VerboseSegment> Segments(KeptTranscript kept, TranscriptOrder order) => [.. kept.Segments.Select((s, i) => new VerboseSegment(
        i, (int)(s.Start * 100), s.Start, s.End, s.Text, [], order.Fields.Temperature ?? 0, Compression(s.Text), s.Channel, s.Speaker))];

    private static UsageView Usage(KeptTranscript kept) => new("duration", Math.Ceiling(kept.Duration));

    // OpenAI says "english" where engines say "en".
    private static string Name(string? language)
    {
        if (string.IsNullOrWhiteSpace(language))
            return "unknown";
        if (language.Split('-', '_')[0] is not { Length: 2 or 3 } code)
            return language.ToLowerInvariant();
        try
        {
            return CultureInfo.GetCultureInfo(code, predefinedOnly: true).EnglishName.ToLowerInvariant();
        }
        catch (CultureNotFoundException)
        {
            return code;
        }
    }

    // As Whisper computes it: bytes of the text over bytes of the same, compressed by zlib.
    private static double Compression(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return Math.Round(bytes.Length / (double)compressed.Length, 3);
    }
}
