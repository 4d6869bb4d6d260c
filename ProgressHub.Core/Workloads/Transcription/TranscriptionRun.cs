using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads.Transcription.Audio;
using ProgressHub.Core.Workloads.Transcription.Engines;
using ProgressHub.Core.Workloads.Transcription.Formats;

namespace ProgressHub.Core.Workloads.Transcription;

/// <summary>One attempt at one transcription, once the audio is ready.</summary>
internal sealed class TranscriptionRun(
    WorkloadContext context, ITranscriber engine, TranscriptionOrder order, string? model, PreparedAudio audio)
{
    // Raised where segments of another version would no longer fit.
    private const int Version = 1;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly Dictionary<int, SpeechSegment> _segments = [];

    /// <summary>Takes over what earlier attempts of the same order heard.</summary>
    public async Task RestoreAsync()
    {
        var fingerprint = Fingerprint();
        var saved = await context.ReadCheckpointAsync().ConfigureAwait(false);
        var fits = saved is not { Length: > 0 } bytes || bytes.Span.SequenceEqual(fingerprint);
        foreach (var partial in context.RestoredPartials.Values)
        {
            if (fits && SpeechSegment.Of(partial) is { } segment && segment.End <= audio.Scan.Seconds + 1)
                _segments[segment.Index] = segment;
        }

        if (_segments.Count > 0)
            await context.LogAsync(JobLogLevel.Info, Text($"Restored {_segments.Count} segments")).ConfigureAwait(false);
        await context.SaveCheckpointAsync(fingerprint).ConfigureAwait(false);
    }

    public async Task<Transcript> TranscribeAsync()
    {
        var progress = new HearingProgress(context.Progress, audio.Scan.Seconds, context.Time);
        var work = new TranscriptionWork
        {
            Order = order,
            Audio = audio,
            Folder = context.WorkFolder,
            Done = new Dictionary<int, SpeechSegment>(_segments),
            Heard = HeardAsync,
            Reached = progress.Reach,
            Warn = message => context.LogAsync(JobLogLevel.Warning, message).AsTask(),
        };
        progress.Reach(work.ResumeAt, work.ResumeAt);

        string? language;
        using (var beats = new PeriodicTimer(Beat, context.Time))
        {
            var beating = BeatAsync(beats, progress);
            try
            {
                language = await engine.TranscribeAsync(work, context.CancellationToken).ConfigureAwait(false);
            }
            finally
            {
                beats.Dispose();
                await beating.ConfigureAwait(false);
            }
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        progress.Reach(audio.Scan.Seconds, audio.Scan.Seconds);
        return Transcript.Of(engine.Id, language ?? order.Language, audio.Scan.Seconds, _segments.Values);
    }

    private async Task HeardAsync(SpeechSegment segment)
    {
        await context.PartialAsync(segment.ToPartial()).ConfigureAwait(false);
        _segments[segment.Index] = segment;
    }

    private static async Task BeatAsync(PeriodicTimer beats, HearingProgress progress)
    {
        while (await beats.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
            progress.Guess();
    }

    // Segments of two engines, models or grammars in one transcript would hide who heard what.
    private byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Version}\n{engine.Id}\n{model}\n{order.Language}\n{order.Prompt}\n{order.Grammar}"
        + (order.Temperature is { } temperature ? Text($"\n{temperature}") : "")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
