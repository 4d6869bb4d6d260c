namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>What is known of the two channels of a recording, once all of it has been looked at.</summary>
/// <param name="Weights">How much each counts in a mix that loses nothing of what is said.</param>
/// <param name="AreAlike">Whether both say the same, so that hearing them apart would say all of it twice.</param>
internal sealed record StereoSurvey(float[] Weights, bool AreAlike)
{
    private const double BlockSeconds = 0.25;

    // Below this a block counts as silent (−60 dB), and a mix as lost that is 10 dB below the louder channel.
    private const double Audible = 1e-6;
    private const double Lost = 0.1;
    private const double Tolerated = 0.01;
    private const double Alike = 1e-3;

    // Best first: the mean, half the difference, and either channel alone.
    private static readonly float[][] Mixes = [[0.5f, 0.5f], [0.5f, -0.5f], [1, 0], [0, 1]];

    /// <summary>
    /// Looks at a recording of two channels. Where they are each other's opposite, as from a microphone with one wire
    /// swapped, their mean is silence; then their difference is taken, or the one channel that misses least.
    /// </summary>
    /// <param name="reader">The recording; it is read to its end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static StereoSurvey Of(WavReader reader, CancellationToken cancellationToken)
    {
        var lost = new int[Mixes.Length];
        var (audible, difference, power) = (0, 0.0, 0.0);
        var block = new Block();
        var length = Math.Max(1, (int)(reader.Format.SampleRate * BlockSeconds));
        while (reader.ReadFrames() is { Length: > 0 } frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i + 1 < frames.Length; i += 2)
            {
                block.Add(frames[i], frames[i + 1]);
                if (block.Count == length)
                    Close();
            }
        }

        if (block.Count > 0)
            Close();
        var best = Enumerable.Range(0, Mixes.Length).FirstOrDefault(i => lost[i] <= Tolerated * audible, -1);
        if (best < 0)
            best = Array.IndexOf(lost, lost.Min());
        return new StereoSurvey(Mixes[best], difference <= Alike * power);

        void Close()
        {
            var loudest = Math.Max(block.Power(1, 0), block.Power(0, 1));
            difference += block.Power(1, -1) * block.Count;
            power += loudest * block.Count;
            if (loudest > Audible)
            {
                audible++;
                for (var i = 0; i < Mixes.Length; i++)
                    lost[i] += block.Power(Mixes[i][0], Mixes[i][1]) < Lost * loudest ? 1 : 0;
            }

            block = new Block();
        }
    }

    /// <summary>Sums over some frames, without what does not move: a constant voltage is no sound.</summary>
    private struct Block
    {
        private double _left;
        private double _right;
        private double _leftLeft;
        private double _rightRight;
        private double _leftRight;

        public int Count { get; private set; }

        public void Add(float left, float right)
        {
            Count++;
            _left += left;
            _right += right;
            _leftLeft += left * left;
            _rightRight += right * right;
            _leftRight += left * right;
        }

        public readonly double Power(double left, double right)
        {
            var mean = ((left * _left) + (right * _right)) / Count;
            var square = ((left * left * _leftLeft) + (right * right * _rightRight) + (2 * left * right * _leftRight)) / Count;
            return Math.Max(0, square - (mean * mean));
        }
    }
}
