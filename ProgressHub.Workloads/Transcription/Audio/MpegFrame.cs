namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>The four bytes that begin each frame of MPEG audio, layers II and III (ISO 11172-3, section 2.4.1.3).</summary>
internal static class MpegFrame
{
    private static readonly int[] Layer3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Layer2 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    private static readonly int[] LowRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] SampleRates = [44_100, 48_000, 32_000];

    /// <summary>How many bytes the frame has that begins here; 0 where none does.</summary>
    public static int Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xff || (bytes[1] & 0xe0) != 0xe0)
            return 0;
        var (version, layer) = ((bytes[1] >> 3) & 3, 4 - ((bytes[1] >> 1) & 3));
        var (rate, frequency, padding) = (bytes[2] >> 4, (bytes[2] >> 2) & 3, (bytes[2] >> 1) & 1);
        if (version == 1 || layer is not (2 or 3) || rate is 0 or 15 || frequency == 3)
            return 0;

        var isFirst = version == 3;
        var bits = (isFirst ? layer == 3 ? Layer3 : Layer2 : LowRates)[rate] * 1000;
        var hertz = SampleRates[frequency] / (version switch { 3 => 1, 2 => 2, _ => 4 });
        var samples = layer == 3 && !isFirst ? 576 : 1152;
        return (samples / 8 * bits / hertz) + padding;
    }
}
