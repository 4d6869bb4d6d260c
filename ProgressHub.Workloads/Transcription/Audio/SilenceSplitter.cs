namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>A stretch of audio, in frames of 10 ms.</summary>
internal readonly record struct AudioPiece(int Start, int End)
{
    public double StartSeconds => Start / (double)SpeechAudio.FramesPerSecond;

    public double EndSeconds => End / (double)SpeechAudio.FramesPerSecond;
}

/// <summary>
/// Cuts audio into pieces that begin and end in silence, so that no word is cut where there is any pause at all. Pure: the
/// same levels are always cut the same way, so that a resumed attempt finds its pieces again.
/// </summary>
internal sealed class SilenceSplitter
{
    private const float Inaudible = -60;
    private const float Contrast = 6;

    // Below this a level that never changes is the noise of a device and no voice.
    private const float Hiss = -45;
    private const float Range = 35;
    private const int Padding = 30;
    private const int LongSilence = 200;
    private const int LeastSpeech = 8;
    private readonly float[] _levels;
    private readonly int _shortest;
    private readonly int _longest;
    private readonly float _threshold;

    private SilenceSplitter(float[] levels, double shortest, double longest)
    {
        _levels = levels;
        _shortest = (int)(shortest * SpeechAudio.FramesPerSecond);
        _longest = (int)(longest * SpeechAudio.FramesPerSecond);
        _threshold = Threshold(levels);
    }

    /// <summary>The pieces with sound in them, in order.</summary>
    /// <param name="levels">The level of each frame, in dB.</param>
    /// <param name="shortest">From how many seconds on a piece may end at a short pause.</param>
    /// <param name="longest">How many seconds a piece has at most.</param>
    public static IReadOnlyList<AudioPiece> Split(float[] levels, double shortest, double longest) =>
        new SilenceSplitter(levels, shortest, longest).Split();

    /// <summary>Whether there is nothing in it that could be speech.</summary>
    public static bool IsSilent(float[] levels) => Threshold(levels) == float.MaxValue;

    private List<AudioPiece> Split()
    {
        List<AudioPiece> pieces = [];
        var from = 0;
        while (NextSpeech(from) is var speech and >= 0)
        {
            var start = Math.Max(from, speech - Padding);
            var (end, next) = FindEnd(start, speech);
            var heard = 0;
            for (var i = start; i < end; i++)
                heard += IsSpeech(i) ? 1 : 0;
            if (heard >= LeastSpeech)
                pieces.Add(new AudioPiece(start, end));
            from = next;
        }

        return pieces;
    }

    /// <summary>Where the piece ends, and from where on the next may begin.</summary>
    private (int End, int Next) FindEnd(int start, int speech)
    {
        var limit = Math.Min(start + _longest, _levels.Length);
        var (cut, deepest) = (-1, 0f);
        for (var i = speech; i < limit;)
        {
            if (IsSpeech(i))
            {
                i++;
                continue;
            }

            var silence = i;
            var depth = 0f;
            while (i < _levels.Length && i - silence < LongSilence && !IsSpeech(i))
                depth += _threshold - Math.Max(_levels[i++], Inaudible - 20);
            // Long silences end a piece at once; so does the end.
            if (i - silence >= LongSilence || i == _levels.Length)
                return (Math.Min(silence + Padding, limit), i);
            // Between sentences it is quieter, and for longer, than before the sound of a t.
            if (i > start + _shortest && depth > deepest)
                (cut, deepest) = (Math.Clamp((silence + i) / 2, start + 1, limit), depth);
        }

        if (limit == _levels.Length)
            return (limit, limit);
        if (cut < 0)
            cut = Quietest(Math.Min(start + _shortest, limit - 1), limit);
        return (cut, cut);
    }

    /// <summary>Where people speak without a pause: the middle of the quietest tenth of a second.</summary>
    private int Quietest(int from, int to)
    {
        const int Width = 10;
        var (best, quietest) = (to, double.MaxValue);
        for (var i = from; i + Width <= to; i++)
        {
            double sum = 0;
            for (var k = 0; k < Width; k++)
                sum += _levels[i + k];
            if (sum < quietest)
                (best, quietest) = (i + (Width / 2), sum);
        }

        return best;
    }

    private int NextSpeech(int from)
    {
        for (var i = from; i < _levels.Length; i++)
        {
            if (IsSpeech(i))
                return i;
        }

        return -1;
    }

    private bool IsSpeech(int frame) => _levels[frame] > _threshold;

    // Between the quiet and the loud of this recording; where all is alike, all of it counts, unless nobody could hear it.
    private static float Threshold(float[] levels)
    {
        if (levels.Length == 0)
            return 0;
        var sorted = levels.ToArray();
        Array.Sort(sorted);
        var quiet = Math.Max(sorted[sorted.Length / 10], Inaudible - 20);
        var loud = sorted[(int)((sorted.Length - 1) * 0.98)];
        if (loud < Inaudible)
            return float.MaxValue;
        if (loud < Hiss && loud - quiet < Contrast)
            return float.MaxValue;

        // Digital silence around a recording says nothing about the quiet within it.
        return loud - quiet < Contrast ? Inaudible : Math.Max(quiet + (0.3f * (loud - quiet)), loud - Range);
    }
}
