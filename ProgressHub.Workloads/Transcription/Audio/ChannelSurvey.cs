namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>What is known of the channels of a recording, once all of it has been looked at.</summary>
/// <param name="Weights">How much each counts in a mix that loses nothing of what is said.</param>
/// <param name="IsUsual">Whether the mix is the usual one of as many channels.</param>
/// <param name="AreAlike">Whether all say the same, so that hearing them apart would say it again and again.</param>
internal sealed record ChannelSurvey(float[] Weights, bool IsUsual, bool AreAlike)
{
    private const double BlockSeconds = 0.25;

    // Below this a block counts as silent (−60 dB).
    private const double Audible = 1e-6;

    // A mix has lost a block where it has less of its energy than this part of what channels that have nothing to do with one
    // another would give; a channel alone where it is 10 dB below the loudest.
    private const double Lost = 0.4;
    private const double LostAlone = 0.1;
    private const double Tolerated = 0.01;
    private const double Alike = 1e-3;

    /// <summary>
    /// Looks at a recording. Where channels are each other's opposite, as from a microphone with one wire swapped, they cancel
    /// out in the usual mix; then half the difference is taken (of two), or the one channel that misses least.
    /// </summary>
    /// <param name="reader">The recording; it is read to its end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static ChannelSurvey Of(WavReader reader, CancellationToken cancellationToken)
    {
        var channels = reader.Format.Channels;
        var mixes = Mixes(reader.Format);
        var lost = new int[mixes.Length];
        var (audible, difference, power) = (0, 0.0, 0.0);
        var block = new ChannelBlock(channels);
        var length = Math.Max(1, (int)(reader.Format.SampleRate * BlockSeconds));
        while (reader.ReadFrames() is { Length: > 0 } frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i + channels <= frames.Length; i += channels)
            {
                block.Add(frames.Slice(i, channels));
                if (block.Count == length)
                    Close();
            }
        }

        if (block.Count > 0)
            Close();
        var best = Array.FindIndex(lost, l => l <= Tolerated * audible);
        if (best < 0)
            best = Array.IndexOf(lost, lost.Min());
        return new ChannelSurvey(mixes[best], best == 0, difference <= Alike * power);

        void Close()
        {
            var loudest = 0.0;
            for (var channel = 0; channel < channels; channel++)
                loudest = Math.Max(loudest, mixes[0][channel] > 0 ? block.Power(channel) : 0);
            difference += block.Difference() * block.Count;
            power += loudest * block.Count;
            if (loudest > Audible)
            {
                audible++;
                for (var i = 0; i < mixes.Length; i++)
                    lost[i] += block.Power(mixes[i]) < (IsAlone(mixes[i]) ? LostAlone * loudest : Lost * block.PowerApart(mixes[i])) ? 1 : 0;
            }

            block.Clear();
        }
    }

    // Best first.
    private static float[][] Mixes(WavFormat format)
    {
        List<float[]> mixes = [format.MixWeights()];
        if (format.Channels == 2)
            mixes.Add([0.5f, -0.5f]);
        for (var channel = 0; channel < format.Channels; channel++)
        {
            var alone = new float[format.Channels];
            alone[channel] = 1;
            mixes.Add(alone);
        }

        return [.. mixes];
    }

    private static bool IsAlone(float[] weights) => weights.Count(weight => weight != 0) == 1;
}
