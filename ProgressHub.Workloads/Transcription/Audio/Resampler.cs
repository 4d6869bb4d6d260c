using System.Numerics;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>
/// Changes the sample rate of a stream: a polyphase FIR filter, a sinc with a Kaiser window (J. O. Smith, "Digital Audio
/// Resampling"), which lets nothing above the lower of both rates' halves through. It keeps its state between blocks.
/// </summary>
internal sealed class Resampler
{
    private const int ZeroCrossings = 16;
    private const int MostPhases = 2048;
    private const double Beta = 8;
    private const double PassBand = 0.94;
    private readonly long _up;
    private readonly long _down;
    private readonly int _half;
    private readonly float[][] _phases;
    private float[] _history;
    private int _count;
    private long _first;
    private long _written;
    private long _read;
    private float[] _output = [];

    public Resampler(int from, int to)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        _up = to / divisor;
        _down = from / divisor;
        var narrowing = Math.Min(1, (double)to / from);
        // A whole number of vectors, so that a tap is never left over.
        _half = ((int)Math.Ceiling(ZeroCrossings / narrowing) + 7) / 8 * 8;
        _phases = Phases((int)Math.Min(_up, MostPhases), _half, narrowing * PassBand);
        _history = new float[_half * 4];
        _count = _half;
        _first = -_half;
    }

    /// <summary>What comes out for a block that comes in; good until the next call.</summary>
    public ReadOnlySpan<float> Push(ReadOnlySpan<float> input)
    {
        _read += input.Length;
        Append(input);
        return Drain(long.MaxValue);
    }

    /// <summary>What is still inside once the last block has come.</summary>
    public ReadOnlySpan<float> Finish()
    {
        Append(new float[_half + 1]);
        return Drain((_read * _up + _down - 1) / _down);
    }

    private ReadOnlySpan<float> Drain(long limit)
    {
        var most = (int)(((_count * _up) / _down) + 2);
        if (_output.Length < most)
            _output = new float[most];

        var made = 0;
        for (; _written < limit; _written++)
        {
            var at = _written * _down;
            var centre = at / _up;
            var start = (int)(centre - _half + 1 - _first);
            if (start + (2 * _half) > _count)
                break;
            var phase = _phases[(int)(at % _up * _phases.Length / _up)];
            _output[made++] = Dot(_history.AsSpan(start, 2 * _half), phase);
        }

        // What no output will need any more goes.
        var keepFrom = (int)Math.Clamp((_written * _down / _up) - _half + 1 - _first, 0, _count);
        _history.AsSpan(keepFrom, _count - keepFrom).CopyTo(_history);
        _count -= keepFrom;
        _first += keepFrom;
        return _output.AsSpan(0, made);
    }

    private void Append(ReadOnlySpan<float> input)
    {
        if (_count + input.Length > _history.Length)
            Array.Resize(ref _history, Math.Max(_history.Length * 2, _count + input.Length));
        input.CopyTo(_history.AsSpan(_count));
        _count += input.Length;
    }

    private static float Dot(ReadOnlySpan<float> samples, ReadOnlySpan<float> taps)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(samples[i..]) * new Vector<float>(taps[i..]);
        var total = Vector.Sum(sum);
        for (; i < samples.Length; i++)
            total += samples[i] * taps[i];
        return total;
    }

    private static float[][] Phases(int count, int half, double cutoff)
    {
        var phases = new float[count][];
        for (var phase = 0; phase < count; phase++)
        {
            var taps = new double[2 * half];
            for (var i = 0; i < taps.Length; i++)
            {
                var distance = i - half + 1 - ((double)phase / count);
                taps[i] = Sinc(distance * cutoff) * Kaiser(distance / half);
            }

            // Each phase passes a constant unchanged.
            var sum = taps.Sum();
            phases[phase] = Array.ConvertAll(taps, tap => (float)(tap / sum));
        }

        return phases;
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(Beta * Math.Sqrt(1 - (x * x))) / Bessel(Beta);

    // The modified Bessel function of the first kind, order 0, by its power series.
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
