using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>
/// ffmpeg, fenced in: it reads one local file with the one demuxer that its bytes call for, opens no address and no other
/// file, and stops at the longest duration that is allowed.
/// </summary>
internal sealed class FFmpeg(IOptions<TranscriptionOptions> options, TimeProvider time)
{
    /// <summary>What installs it.</summary>
    public const string Install = "apt-get install ffmpeg";

    private const int MaxProbeOutput = 64 * 1024;

    public bool IsInstalled => ChildProcess.FindOnPath(options.Value.FFmpeg) is not null;

    /// <summary>How long a file says it is, in seconds, and how many channels it has; null where it does not say.</summary>
    public async Task<(double? Seconds, int? Channels)> ProbeAsync(string path, AudioContainer container, CancellationToken cancellationToken)
    {
        if (ChildProcess.FindOnPath(options.Value.FFprobe) is null)
            return (null, null);
        string[] arguments =
        [
            "-v", "error", "-protocol_whitelist", "file,pipe", "-f", container.Demuxer,
            "-select_streams", "a:0", "-show_entries", "format=duration:stream=channels", "-of", "json", "-i", path,
        ];
        var result = await LimitedAsync(
            token => ChildProcess.RunAsync(options.Value.FFprobe, arguments, "", MaxProbeOutput, time, token),
            options.Value.ProbeTimeout, cancellationToken);
        return (ReadDuration(result.Output), ReadChannels(result.Output));
    }

    /// <summary>Writes what is heard in a file as a plain WAV of 16 kHz.</summary>
    /// <param name="path">The file.</param>
    /// <param name="container">What it is.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="channels">How many channels to write; ffmpeg mixes what there is.</param>
    /// <param name="converted">Hears how many seconds are written.</param>
    /// <param name="cancellationToken">Ends it, and what it started.</param>
    /// <exception cref="WorkloadException"><c>not_audio</c>: there is no sound in it that can be read.</exception>
    public async Task ConvertAsync(
        string path, AudioContainer container, string target, int channels, Action<double> converted, CancellationToken cancellationToken)
    {
        // One second more than allowed, so that a file that is too long can be told from one that just fits.
        var seconds = (options.Value.MaxAudioMinutes * 60) + 1;
        string[] arguments =
        [
            "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-protocol_whitelist", "file,pipe",
            "-progress", "pipe:1", "-stats_period", "0.2", "-f", container.Demuxer, "-i", path,
            "-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", Text(channels), "-ar", Text(SpeechAudio.SampleRate), "-c:a", "pcm_s16le",
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
            "-t", Text(seconds), "-fs", Text(((long)seconds * SpeechAudio.BytesPerSecond * channels) + 4096), "-f", "wav", target,
        ];
        var result = await LimitedAsync(
            token => ChildProcess.FollowAsync(
                new ChildCommand(options.Value.FFmpeg, arguments), line => Hear(line, converted), _ => { }, time, token),
            options.Value.FFmpegTimeout, cancellationToken);

        // A file that breaks off in the middle ends well, with less in it; one that can't be read leaves nothing.
        if (result.ExitCode != 0 && !(File.Exists(target) && new FileInfo(target).Length > SpeechAudio.HeaderBytes))
            throw new WorkloadException("not_audio", $"No sound can be read from this {container.Name} file.", new InvalidDataException(result.Error));
    }

    /// <summary>The seconds that a line of <c>-progress</c> tells; null where it tells something else.</summary>
    internal static double? ReadProgress(string line) =>
        line.StartsWith("out_time_us=", StringComparison.Ordinal)
        && long.TryParse(line.AsSpan("out_time_us=".Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
        && micros >= 0 ? micros / 1e6 : null;

    internal static double? ReadDuration(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("format", out var format)
                && format.TryGetProperty("duration", out var duration)
                && double.TryParse(duration.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && double.IsFinite(seconds) && seconds >= 0 ? seconds : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    internal static int? ReadChannels(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("streams", out var streams) && streams.GetArrayLength() > 0
                && streams[0].TryGetProperty("channels", out var channels) && channels.TryGetInt32(out var count) && count > 0 ? count : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Task Hear(string line, Action<double> converted)
    {
        if (ReadProgress(line) is { } seconds)
            converted(seconds);
        return Task.CompletedTask;
    }

    private async Task<ChildResult> LimitedAsync(
        Func<CancellationToken, Task<ChildResult>> run, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await run(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkloadException("audio_failed", "Reading the file took too long; it may be broken.");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
