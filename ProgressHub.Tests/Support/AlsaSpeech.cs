using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Support;

/// <summary>
/// The recordings of a human voice that test loudspeakers in Debian's alsa-utils ("front center", "rear left" and so on),
/// 48 kHz, and what is said in them.
/// </summary>
internal static class AlsaSpeech
{
    public const string Folder = "/usr/share/sounds/alsa";
    public const string Grammar = "((front | rear | side) (center | left | right))+";

    public const int Rate = 48_000;

    private static readonly string[] Names =
        ["Front_Center", "Front_Left", "Front_Right", "Rear_Center", "Rear_Left", "Rear_Right", "Side_Left", "Side_Right"];

    /// <summary>What is said in <see cref="Joined"/>.</summary>
    public static string Words { get; } = string.Join(' ', Names).Replace('_', ' ').ToLowerInvariant();

    /// <summary>All of them one after the other, as they were recorded.</summary>
    public static byte[] Joined() => WavMaker.Of(48_000, 1, 16, false, false, All());

    /// <summary>
    /// All of them again and again, 16 kHz, with a second of silence after each time, for at least so many minutes; returns
    /// how often. (Within "front center" the recordings pause as long as between two of them.)
    /// </summary>
    public static int WriteLong(string path, double minutes)
    {
        var resampler = new Resampler(48_000, SpeechAudio.SampleRate);
        var once = Array.ConvertAll(All(), sample => (float)sample);
        float[] round = [.. resampler.Push(once).ToArray(), .. resampler.Finish().ToArray(), .. new float[SpeechAudio.SampleRate]];
        var times = (int)Math.Ceiling(minutes * 60 * SpeechAudio.SampleRate / round.Length);
        using var writer = new SpeechWavWriter(path);
        for (var i = 0; i < times; i++)
            writer.Write(round);
        return times;
    }

    /// <summary>The joined recordings in another form, made by ffmpeg.</summary>
    public static Task<byte[]> EncodeAsync(string extension, params string[] codec) => EncodeAsync(Joined(), extension, codec);

    /// <summary>A WAV in another form, made by ffmpeg.</summary>
    public static async Task<byte[]> EncodeAsync(byte[] wav, string extension, params string[] codec)
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-speech-");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "in.wav"), wav);
            await CommandRun.SucceedAsync(
                "ffmpeg", ["-nostdin", "-v", "error", "-i", "in.wav", .. codec, $"out.{extension}"], folder.FullName, Patience.Limit);
            return await File.ReadAllBytesAsync(Path.Combine(folder.FullName, $"out.{extension}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The samples of all of them.</summary>
    public static double[] All() => [.. Names.SelectMany(One)];

    /// <summary>The samples of one of them, by its file's name.</summary>
    public static double[] One(string name)
    {
        using var stream = File.OpenRead(Path.Combine(Folder, $"{name}.wav"));
        var reader = WavReader.Open(stream)!;
        Assert.Equal(Rate, reader.Format.SampleRate);
        List<double> samples = [];
        while (reader.Read() is { Length: > 0 } block)
        {
            foreach (var sample in block)
                samples.Add(sample);
        }

        return [.. samples];
    }
}
