using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>Audio that is ready for any engine.</summary>
/// <param name="Path">The WAV that engines take.</param>
/// <param name="Scan">How loud it is, moment by moment.</param>
internal sealed record PreparedAudio(string Path, AudioScan Scan)
{
    /// <summary>Which channel of the recording it is, from 1; null for all together.</summary>
    public int? Channel { get; init; }
}

/// <summary>The audio of a job.</summary>
/// <param name="Whole">All of it.</param>
/// <param name="Heard">What an engine hears, one after the other: the whole, or each channel by itself.</param>
internal sealed record PreparedRecording(PreparedAudio Whole, IReadOnlyList<PreparedAudio> Heard);

/// <summary>
/// Turns whatever was uploaded into what engines take, keeps that with the job, so that an attempt after a crash does not
/// convert again, and draws its waveform.
/// </summary>
internal sealed class AudioPreparation(AudioConversion conversion)
{
    public const string AudioFile = "audio.wav";
    public const string WaveformFile = "waveform.json";

    /// <summary>The name of the file of a channel, from 1.</summary>
    public static string ChannelFile(int channel) => string.Create(CultureInfo.InvariantCulture, $"channel-{channel}.wav");

    /// <exception cref="WorkloadException">
    /// <c>not_audio</c>, <c>empty_audio</c>, <c>audio_too_long</c>, <c>audio_failed</c> or <c>ffmpeg_missing</c>.
    /// </exception>
    public async Task<PreparedRecording> PrepareAsync(WorkloadContext context, UploadedFile file, bool separate)
    {
        var container = await SniffAsync(file, context.CancellationToken);
        var audio = await context.FindFileAsync(AudioFile);
        var isNew = audio is null;
        if (audio is null)
        {
            var converted = await conversion.ConvertAsync(context, file, container, separate);

            // The whole comes last: once it is there, so are the others.
            foreach (var channel in converted.Channels)
                await KeepAsync(context, channel);
            audio = await KeepAsync(context, converted.Whole);
        }
        else
        {
            await context.LogAsync(JobLogLevel.Info, "The audio is converted already");
        }

        var whole = new PreparedAudio(audio.Path, await ScanAsync(context, audio.Path));
        if (isNew || await context.FindFileAsync(WaveformFile) is null)
        {
            var waveform = Waveform.Json(whole.Scan, container.PlaysInBrowsers ? null : AudioFile);
            await context.AddFileAsync(WaveformFile, "application/json", waveform);
        }

        List<PreparedAudio> channels = [];
        while (separate && await context.FindFileAsync(ChannelFile(channels.Count + 1)) is { } channel)
            channels.Add(new PreparedAudio(channel.Path, await ScanAsync(context, channel.Path)) { Channel = channels.Count + 1 });
        return new PreparedRecording(whole, channels.Count > 0 ? channels : [whole]);
    }

    private static async Task<UploadedFile> KeepAsync(WorkloadContext context, string path)
    {
        await using var content = File.OpenRead(path);
        return await context.AddFileAsync(Path.GetFileName(path), "audio/wav", content);
    }

    private static async Task<AudioScan> ScanAsync(WorkloadContext context, string path)
    {
        await using var wav = File.OpenRead(path);
        return AudioScan.Of(
            wav,
            part => context.Progress.Report(new ProgressUpdate(Message: "Looking at the waveform")
            {
                Fraction = AudioConversion.Share + ((1 - AudioConversion.Share) * part),
            }),
            context.CancellationToken);
    }

    private static async Task<AudioContainer> SniffAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file.Path);
        var head = new byte[AudioContainer.HeadBytes];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
            throw AudioConversion.Empty();
        return AudioContainer.Of(head.AsSpan(0, read)) ?? throw new WorkloadException(
            "not_audio", "The file is not audio or video of a kind that is known here, such as WAV, MP3, Ogg, M4A, FLAC or WebM.");
    }
}
