namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>Sums over some frames of several channels, without what does not move: a constant voltage is no sound.</summary>
/// <param name="channels">How many channels.</param>
internal sealed class ChannelBlock(int channels)
{
    private readonly double[] _sums = new double[channels];
    private readonly double[] _products = new double[channels * channels];

    /// <summary>How many frames it has.</summary>
    public int Count { get; private set; }

    public void Add(ReadOnlySpan<float> frame)
    {
        Count++;
        for (var i = 0; i < channels; i++)
        {
            _sums[i] += frame[i];
            for (var j = i; j < channels; j++)
                _products[(i * channels) + j] += frame[i] * frame[j];
        }
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(_sums);
        Array.Clear(_products);
    }

    /// <summary>The mean power of one channel.</summary>
    public double Power(int channel) => Math.Max(0, Covariance(channel, channel));

    /// <summary>The mean power of a mix.</summary>
    public double Power(ReadOnlySpan<float> weights)
    {
        var power = 0.0;
        for (var i = 0; i < channels; i++)
        {
            for (var j = i; j < channels; j++)
                power += (i == j ? 1 : 2) * weights[i] * weights[j] * Covariance(i, j);
        }

        return Math.Max(0, power);
    }

    /// <summary>What its power would be if the channels had nothing to do with one another.</summary>
    public double PowerApart(ReadOnlySpan<float> weights)
    {
        var power = 0.0;
        for (var i = 0; i < channels; i++)
            power += weights[i] * weights[i] * Power(i);
        return power;
    }

    /// <summary>The mean power of the greatest difference between the first channel and another.</summary>
    public double Difference()
    {
        var most = 0.0;
        for (var i = 1; i < channels; i++)
            most = Math.Max(most, Power(0) + Power(i) - (2 * Covariance(0, i)));
        return most;
    }

    private double Covariance(int i, int j) => (_products[(i * channels) + j] / Count) - (_sums[i] / Count * (_sums[j] / Count));
}
