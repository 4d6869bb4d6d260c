using System.Buffers.Binary;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>What one pass over the audio tells: how loud it is, moment by moment.</summary>
/// <param name="Levels">The level of each frame of 10 ms, in dB below full scale (0 is the loudest, −100 silence).</param>
/// <param name="Peaks">The loudest sample of each of at most 1,500 equal parts, 0..1.</param>
/// <param name="Seconds">How long it is.</param>
internal sealed record AudioScan(float[] Levels, float[] Peaks, double Seconds)
{
    public const int MostPeaks = 1500;
    public const float Silence = -100;
    private const int BlockFrames = 1000;

    /// <summary>Reads a file in the form that engines take.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="progress">Hears how much is read, 0..1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static AudioScan Of(Stream stream, Action<double> progress, CancellationToken cancellationToken)
    {
        var samples = Math.Max(0, stream.Length - SpeechAudio.HeaderBytes) / 2;
        stream.Position = Math.Min(SpeechAudio.HeaderBytes, stream.Length);
        var levels = new float[samples / SpeechAudio.SamplesPerFrame];
        var peaks = new float[(int)Math.Min(MostPeaks, samples)];
        var buffer = new byte[BlockFrames * SpeechAudio.SamplesPerFrame * 2];
        var (sample, sum, squares) = (0L, 0.0, 0.0);
        while (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is var read and > 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i + 1 < read && sample < samples; i += 2, sample++)
            {
                var value = BinaryPrimitives.ReadInt16LittleEndian(buffer.AsSpan(i)) / 32768f;
                ref var peak = ref peaks[(int)(sample * peaks.Length / samples)];
                peak = Math.Max(peak, Math.Abs(value));
                sum += value;
                squares += value * value;
                if (sample % SpeechAudio.SamplesPerFrame != SpeechAudio.SamplesPerFrame - 1)
                    continue;

                // A constant voltage is no sound.
                var mean = sum / SpeechAudio.SamplesPerFrame;
                levels[sample / SpeechAudio.SamplesPerFrame] = Decibels((squares / SpeechAudio.SamplesPerFrame) - (mean * mean));
                (sum, squares) = (0, 0);
            }

            progress((double)sample / samples);
        }

        return new AudioScan(levels, peaks, samples / (double)SpeechAudio.SampleRate);
    }

    /// <summary>How loud the loudest hundredth of it is, in dB.</summary>
    public double Loudest => Levels.Length == 0 ? Silence : Levels.Order().ElementAt((int)((Levels.Length - 1) * 0.99));

    private static float Decibels(double meanSquare) =>
        meanSquare <= 1e-10 ? Silence : (float)Math.Max(Silence, 10 * Math.Log10(meanSquare));
}
