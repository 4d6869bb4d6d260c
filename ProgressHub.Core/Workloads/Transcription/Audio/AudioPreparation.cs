using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Workloads.Transcription.Audio;

/// <summary>The audio of a job, ready for any engine.</summary>
/// <param name="Path">The WAV that engines take.</param>
/// <param name="Scan">How loud it is, moment by moment.</param>
internal sealed record PreparedAudio(string Path, AudioScan Scan);

/// <summary>
/// Turns whatever was uploaded into what engines take, keeps that with the job, so that an attempt after a crash does not
/// convert again, and draws its waveform.
/// </summary>
internal sealed class AudioPreparation(FFmpeg ffmpeg, IOptions<TranscriptionOptions> options)
{
    public const string AudioFile = "audio.wav";
    public const string WaveformFile = "waveform.json";

    // How much of the stage is conversion; the rest is looking at what came of it.
    private const double Converting = 0.8;

    /// <exception cref="WorkloadException">
    /// <c>not_audio</c>, <c>empty_audio</c>, <c>audio_too_long</c>, <c>audio_failed</c> or <c>ffmpeg_missing</c>.
    /// </exception>
    public async Task<PreparedAudio> PrepareAsync(WorkloadContext context, UploadedFile file)
    {
        var cancellationToken = context.CancellationToken;
        var container = await SniffAsync(file, cancellationToken).ConfigureAwait(false);
        var audio = await context.FindFileAsync(AudioFile).ConfigureAwait(false);
        var isNew = audio is null;
        if (audio is null)
        {
            var converted = Path.Combine(context.WorkFolder, AudioFile);
            await ConvertAsync(context, file, container, converted).ConfigureAwait(false);
            await using var content = File.OpenRead(converted);
            audio = await context.AddFileAsync(AudioFile, "audio/wav", content).ConfigureAwait(false);
        }
        else
        {
            await context.LogAsync(JobLogLevel.Info, "The audio is converted already").ConfigureAwait(false);
        }

        await using var wav = File.OpenRead(audio.Path);
        var scan = AudioScan.Of(
            wav,
            part => context.Progress.Report(new ProgressUpdate(Message: "Looking at the waveform")
            {
                Fraction = Converting + ((1 - Converting) * part),
            }),
            cancellationToken);
        if (isNew || await context.FindFileAsync(WaveformFile).ConfigureAwait(false) is null)
        {
            var waveform = Waveform.Json(scan, container.PlaysInBrowsers ? null : AudioFile);
            await context.AddFileAsync(WaveformFile, "application/json", waveform).ConfigureAwait(false);
        }

        return new PreparedAudio(audio.Path, scan);
    }

    private static async Task<AudioContainer> SniffAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file.Path);
        var head = new byte[AudioContainer.HeadBytes];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
            throw Empty();
        return AudioContainer.Of(head.AsSpan(0, read)) ?? throw new WorkloadException(
            "not_audio", "The file is not audio or video of a kind that is known here, such as WAV, MP3, Ogg, M4A, FLAC or WebM.");
    }

    private async Task ConvertAsync(WorkloadContext context, UploadedFile file, AudioContainer container, string target)
    {
        double? promised = null;
        var isPlain = await ConvertPlainAsync(context, file, container, target).ConfigureAwait(false);
        if (!isPlain)
            promised = await ConvertByFFmpegAsync(context, file, container, target).ConfigureAwait(false);
        var seconds = SpeechAudio.Seconds(new FileInfo(target).Length);
        if (seconds <= 0)
            throw Empty();
        CheckLength(seconds);
        await context.LogAsync(JobLogLevel.Info, Text($"{container.Name}, {Clock.Of(seconds)}, {(isPlain ? "read directly" : "read by ffmpeg")}")).ConfigureAwait(false);
        if (promised is { } length && length - seconds > 1 + (0.02 * length))
            await WarnOfCutAsync(context, length, seconds).ConfigureAwait(false);
    }

    /// <summary>Converts a WAV of plain samples by ourselves; false where it is anything else.</summary>
    private async Task<bool> ConvertPlainAsync(WorkloadContext context, UploadedFile file, AudioContainer container, string target)
    {
        if (container.Demuxer != "wav")
            return false;
        await using var stream = File.OpenRead(file.Path);
        if (WavReader.Open(stream) is not { } reader)
            return false;
        CheckLength(reader.Seconds);
        if (reader.IsTruncated)
            await context.LogAsync(JobLogLevel.Warning, "The file breaks off before the end that its header promises").ConfigureAwait(false);

        using var writer = new SpeechWavWriter(target);
        var resampler = reader.Format.SampleRate == SpeechAudio.SampleRate
            ? null
            : new Resampler(reader.Format.SampleRate, SpeechAudio.SampleRate);
        long frames = 0;
        while (reader.Read() is { Length: > 0 } block)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            frames += block.Length;
            writer.Write(resampler is null ? block : resampler.Push(block));
            Report(context, frames / (double)reader.Format.SampleRate, reader.Seconds);
        }

        if (resampler is not null)
            writer.Write(resampler.Finish());
        return true;
    }

    /// <summary>Returns how long the file said it is, in seconds.</summary>
    private async Task<double?> ConvertByFFmpegAsync(WorkloadContext context, UploadedFile file, AudioContainer container, string target)
    {
        if (!ffmpeg.IsInstalled)
        {
            throw new WorkloadException(
                "ffmpeg_missing", $"{container.Name} files need ffmpeg, which is not installed here. Install it: {FFmpeg.Install}. Plain WAV works without.");
        }

        var promised = await ffmpeg.ProbeAsync(file.Path, container, context.CancellationToken).ConfigureAwait(false);
        CheckLength(promised ?? 0);
        await ffmpeg.ConvertAsync(
            file.Path, container, target, seconds => Report(context, seconds, promised), context.CancellationToken).ConfigureAwait(false);
        return promised;
    }

    private static void Report(WorkloadContext context, double seconds, double? total) => context.Progress.Report(
        new ProgressUpdate(Math.Round(seconds, 1), total is { } t ? Math.Round(t, 1) : null, "Converting", "seconds")
        {
            Fraction = total > 0 ? Converting * Math.Min(1, seconds / total.Value) : null,
        });

    private void CheckLength(double seconds)
    {
        if (seconds > options.Value.MaxAudioMinutes * 60)
        {
            throw new WorkloadException(
                "audio_too_long", Text($"The audio is longer than {options.Value.MaxAudioMinutes} minutes, the most that is taken here. Cut it into parts."));
        }
    }

    private static ValueTask WarnOfCutAsync(WorkloadContext context, double promised, double seconds) => context.LogAsync(
        JobLogLevel.Warning, $"The file breaks off: it promises {Clock.Of(promised)} and has {Clock.Of(seconds)}");

    private static WorkloadException Empty() => new("empty_audio", "There is no sound in the file: it is empty.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
