using System.Buffers.Binary;

namespace ProgressHub.Web.Components.Health;

/// <summary>
/// A second and a half of sound for speech engines to be tried with: a buzz like a voice's, through the resonances of three
/// vowels one after the other. No words are in it; an engine that hears it to its end works.
/// </summary>
internal static class SpokenSample
{
    private const int Rate = 16_000;
    private const int Header = 44;
    private const double Pitch = 120;
    private const double Length = 0.5;
    private const double Loudness = 0.12;

    // The first two resonances, in Hz, of the vowels of "palm", "see" and "moon".
    private static readonly (double First, double Second)[] Vowels = [(730, 1090), (270, 2290), (300, 870)];

    /// <summary>It as a WAV, 16 kHz, mono.</summary>
    public static byte[] Read()
    {
        var each = (int)(Rate * Length);
        var wav = new byte[Header + (Vowels.Length * each * sizeof(short))];
        WriteHeader(wav);
        for (var i = 0; i < Vowels.Length * each; i++)
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(Header + (i * sizeof(short))), Sample(i, Vowels[i / each], (double)(i % each) / each));
        return wav;
    }

    // Overtones of the pitch, the stronger the nearer they are to a resonance; faded in and out.
    private static short Sample(int place, (double First, double Second) vowel, double share)
    {
        double sum = 0;
        for (var overtone = 1; overtone * Pitch < 4000; overtone++)
        {
            var frequency = overtone * Pitch;
            var strength = Near(frequency, vowel.First) + (0.6 * Near(frequency, vowel.Second));
            sum += strength * Math.Sin(2 * Math.PI * frequency * place / Rate);
        }

        return (short)(short.MaxValue * Math.Clamp(Loudness * sum * Math.Sin(Math.PI * share), -1, 1));
    }

    private static double Near(double frequency, double resonance) => 1 / (1 + Math.Pow((frequency - resonance) / 90, 2));

    private static void WriteHeader(Span<byte> wav)
    {
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav[28..], Rate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wav[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 16);
        "data"u8.CopyTo(wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], wav.Length - Header);
    }
}
