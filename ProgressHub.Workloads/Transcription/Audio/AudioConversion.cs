using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>The files that a conversion made.</summary>
/// <param name="Whole">All channels together.</param>
/// <param name="Channels">Each by itself, where that was asked for and they differ; else none.</param>
internal sealed record ConvertedAudio(string Whole, IReadOnlyList<string> Channels);

/// <summary>
/// Turns a file into what engines take: plain WAV by ourselves, all else by ffmpeg first. Two channels are mixed so that
/// nothing is lost that is said on either.
/// </summary>
internal sealed class AudioConversion(FFmpeg ffmpeg, IOptions<TranscriptionOptions> options)
{
    // How much of the stage is conversion; the rest is looking at what came of it.
    public const double Share = 0.8;
    private const double Decoding = 0.6;
    private const int MostChannels = 8;

    // Of more than these it is film's, which ffmpeg mixes as film is.
    private const int MostMixed = 4;

    /// <exception cref="WorkloadException">
    /// <c>not_audio</c>, <c>empty_audio</c>, <c>audio_too_long</c>, <c>audio_failed</c> or <c>ffmpeg_missing</c>.
    /// </exception>
    public async Task<ConvertedAudio> ConvertAsync(WorkloadContext context, UploadedFile file, AudioContainer container, bool separate)
    {
        var stream = File.OpenRead(file.Path);
        try
        {
            double? promised = null;
            var reader = container.Demuxer == "wav" ? WavReader.Open(stream) : null;
            var isPlain = reader is not null;
            if (reader is null)
            {
                await stream.DisposeAsync();
                (var decoded, promised) = await DecodeAsync(context, file, container, separate);
                stream = File.OpenRead(decoded);
                reader = WavReader.Open(stream) ?? throw new WorkloadException("not_audio", $"No sound can be read from this {container.Name} file.");
            }

            CheckLength(reader.Seconds);
            if (isPlain && reader.IsTruncated)
                await context.LogAsync(JobLogLevel.Warning, "The file breaks off before the end that its header promises");
            var converted = await WriteAsync(context, reader, separate, isPlain ? 0 : Decoding);
            var seconds = SpeechAudio.Seconds(new FileInfo(converted.Whole).Length);
            if (seconds <= 0)
                throw Empty();
            await context.LogAsync(JobLogLevel.Info, isPlain
                ? Text($"{container.Name}, {Clock.Of(seconds)}, read directly")
                : Text($"{container.Name}, {Clock.Of(seconds)}, read by ffmpeg"));
            if (promised is { } length && length - seconds > 1 + (0.02 * length))
                await context.LogAsync(JobLogLevel.Warning, $"The file breaks off: it promises {Clock.Of(length)} and has {Clock.Of(seconds)}");
            return converted;
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    /// <summary>What is said of a file without a sample.</summary>
    public static WorkloadException Empty() => new("empty_audio", "There is no sound in the file: it is empty.");

    /// <summary>Has ffmpeg write it as plain WAV; two channels stay two, so that we mix them.</summary>
    private async Task<(string Path, double? Promised)> DecodeAsync(WorkloadContext context, UploadedFile file, AudioContainer container, bool separate)
    {
        if (!ffmpeg.IsInstalled)
        {
            throw new WorkloadException(
                "ffmpeg_missing", $"{container.Name} files need ffmpeg, which is not installed here. Install it: {FFmpeg.Install}. Plain WAV works without.");
        }

        var (promised, channels) = await ffmpeg.ProbeAsync(file.Path, container, context.CancellationToken);
        CheckLength(promised ?? 0);
        var kept = channels is null ? 2 : channels <= (separate ? MostChannels : MostMixed) ? channels.Value : 1;
        var target = Path.Combine(context.WorkFolder, "decoded.wav");
        await ffmpeg.ConvertAsync(
            file.Path, container, target, kept,
            seconds => Report(context, promised > 0 ? Decoding * Math.Min(1, seconds / promised.Value) : null, seconds, promised),
            context.CancellationToken);
        return (target, promised);
    }

    private static async Task<ConvertedAudio> WriteAsync(WorkloadContext context, WavReader reader, bool separate, double from)
    {
        var channels = reader.Format.Channels;
        var apart = separate && channels is > 1 and <= MostChannels;
        if (channels is > 1 and <= MostChannels)
        {
            var survey = ChannelSurvey.Of(reader, context.CancellationToken);
            reader.Rewind();
            if (!survey.IsUsual)
                await context.LogAsync(JobLogLevel.Info, "The channels cancel each other out; they are not simply added");
            reader.Weights = survey.Weights;
            if (apart && survey.AreAlike)
            {
                apart = false;
                await context.LogAsync(JobLogLevel.Warning, "All channels are the same; they are heard together");
            }
        }
        else if (separate && !apart)
        {
            await context.LogAsync(JobLogLevel.Warning, channels == 1 ? "The recording has one channel; there is nothing to hear apart" : "The recording has too many channels to hear each apart");
        }

        List<ChannelSink> sinks = [];
        try
        {
            sinks.Add(new ChannelSink(Path.Combine(context.WorkFolder, AudioPreparation.AudioFile), reader.Format, reader.Weights));
            for (var channel = 0; apart && channel < channels; channel++)
            {
                var alone = new float[channels];
                alone[channel] = 1;
                sinks.Add(new ChannelSink(Path.Combine(context.WorkFolder, AudioPreparation.ChannelFile(channel + 1)), reader.Format, alone));
            }

            Fill(context, reader, sinks, from);
        }
        finally
        {
            sinks.ForEach(sink => sink.Dispose());
        }

        return new ConvertedAudio(sinks[0].Path, [.. sinks.Skip(1).Select(sink => sink.Path)]);
    }

    private static void Fill(WorkloadContext context, WavReader reader, List<ChannelSink> sinks, double from)
    {
        long frames = 0;
        while (reader.ReadFrames() is { Length: > 0 } block)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            foreach (var sink in sinks)
                sink.Write(block);
            frames += block.Length / reader.Format.Channels;
            var part = frames / (double)Math.Max(1, reader.Frames);
            Report(context, from + ((1 - from) * Math.Min(1, part)), frames / (double)reader.Format.SampleRate, reader.Seconds);
        }

        sinks.ForEach(sink => sink.Finish());
    }

    private static void Report(WorkloadContext context, double? part, double seconds, double? total) => context.Progress.Report(
        new ProgressUpdate(Math.Round(seconds, 1), total is { } t ? Math.Round(t, 1) : null, "Converting", "seconds")
        {
            Fraction = Share * part,
        });

    private void CheckLength(double seconds)
    {
        if (seconds > options.Value.MaxAudioMinutes * 60)
        {
            throw new WorkloadException(
                "audio_too_long", Text($"The audio is longer than {options.Value.MaxAudioMinutes} minutes, the most that is taken here. Cut it into parts."));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
