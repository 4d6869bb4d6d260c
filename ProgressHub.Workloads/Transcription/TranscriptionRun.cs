using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription.Audio;
using ProgressHub.Workloads.Transcription.Engines;
using ProgressHub.Workloads.Transcription.Formats;

namespace ProgressHub.Workloads.Transcription;

/// <summary>One attempt at one transcription, once the audio is ready.</summary>
internal sealed class TranscriptionRun(
    WorkloadContext context, ITranscriber engine, TranscriptionOrder order, string? model, PreparedRecording audio)
{
    // Raised where segments of another version would no longer fit.
    private const int Version = 2;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // By the index of their piece of the result, in which the channels take turns.
    private readonly Dictionary<int, SpeechSegment> _segments = [];
    private readonly HearingProgress _progress = new(context.Progress, audio.Heard.Sum(heard => heard.Scan.Seconds), context.Time);

    /// <summary>Takes over what earlier attempts of the same order heard.</summary>
    public async Task RestoreAsync()
    {
        var fingerprint = Fingerprint();
        var saved = await context.ReadCheckpointAsync();
        var fits = saved is not { Length: > 0 } bytes || bytes.Span.SequenceEqual(fingerprint);
        foreach (var partial in context.RestoredPartials.Values)
        {
            if (fits && SpeechSegment.Of(partial) is { } segment && segment.End <= audio.Whole.Scan.Seconds + 1)
                _segments[segment.Index] = segment;
        }

        if (_segments.Count > 0)
            await context.LogAsync(JobLogLevel.Info, Text($"Restored {_segments.Count} segments"));
        await context.SaveCheckpointAsync(fingerprint);
    }

    public async Task<Transcript> TranscribeAsync()
    {
        string? language = null;
        using (var beats = new PeriodicTimer(Beat, context.Time))
        {
            var beating = BeatAsync(beats, _progress);
            try
            {
                for (var i = 0; i < audio.Heard.Count; i++)
                {
                    var heard = await HearAsync(i);
                    language ??= heard;
                }
            }
            finally
            {
                beats.Dispose();
                await beating;
            }
        }

        context.CancellationToken.ThrowIfCancellationRequested();
        return Transcript.Of(engine.Id, language ?? order.Language, audio.Whole.Scan.Seconds, _segments.Values) with { IsTranslated = order.Translates };
    }

    private async Task<string?> HearAsync(int turn)
    {
        var heard = audio.Heard[turn];
        var turns = audio.Heard.Count;
        var before = audio.Heard.Take(turn).Sum(earlier => earlier.Scan.Seconds);
        var work = new TranscriptionWork
        {
            Order = order,
            Audio = heard,
            Folder = context.WorkFolder,
            Done = _segments.Where(s => s.Key % turns == turn).ToDictionary(s => s.Key / turns, s => s.Value with { Index = s.Key / turns }),
            Heard = segment => TakeAsync(turns == 1 ? segment : segment with { Index = (segment.Index * turns) + turn, Total = null, Channel = heard.Channel }),
            Reached = (seconds, next) => _progress.Reach(before + seconds, before + next),
            Warn = message => context.LogAsync(JobLogLevel.Warning, message).AsTask(),
        };
        _progress.Reach(before + work.ResumeAt, before + work.ResumeAt);
        var language = await engine.TranscribeAsync(work, context.CancellationToken);
        _progress.Reach(before + heard.Scan.Seconds, before + heard.Scan.Seconds);
        return language;
    }

    private async Task TakeAsync(SpeechSegment segment)
    {
        await context.PartialAsync(segment.ToPartial());
        _segments[segment.Index] = segment;
    }

    private static async Task BeatAsync(PeriodicTimer beats, HearingProgress progress)
    {
        while (await beats.WaitForNextTickAsync(CancellationToken.None))
            progress.Guess();
    }

    // Segments of two engines, models or grammars in one transcript would hide who heard what.
    private byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Version}\n{engine.Id}\n{model}\n{order.Language}\n{order.Prompt}\n{order.Grammar}"
        + (order.Translates ? "\ntranslate" : "") + Text($"\n{audio.Heard.Count}")
        + (order.Temperature is { } temperature ? Text($"\n{temperature}") : "")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
