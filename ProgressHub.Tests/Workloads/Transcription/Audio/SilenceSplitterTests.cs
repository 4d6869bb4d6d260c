using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Workloads.Transcription.Audio;

public sealed class SilenceSplitterTests
{
    private const float Loud = -20;
    private const float Quiet = -70;

    [Fact]
    public void Speech_is_cut_at_the_longest_pause_of_the_window()
    {
        // Pauses of 0.2 s each second, one of 0.6 s at 11 s.
        var levels = Make(30, second => second == 11 ? 60 : 20);

        var pieces = SilenceSplitter.Split(levels, 8, 15);

        Assert.InRange(pieces[0].EndSeconds, 11.4, 12);
        Assert.All(pieces, p => Assert.InRange(p.EndSeconds - p.StartSeconds, 1, 15));
        Assert.All(pieces.SkipLast(1), p => Assert.True(p.EndSeconds - p.StartSeconds >= 8));
        Assert.All(pieces, p => Assert.Equal(Quiet, levels[Math.Min(p.End, levels.Length - 1)]));
    }

    [Fact]
    public void No_speech_is_left_out_and_none_is_heard_twice()
    {
        var random = new Random(3);
        var levels = new float[60_000];
        for (int i = 0, loud = 1; i < levels.Length; loud ^= 1)
        {
            for (var run = random.Next(5, loud == 1 ? 700 : 150); run > 0 && i < levels.Length; run--, i++)
                levels[i] = loud == 1 ? Loud - random.Next(5) : Quiet - random.Next(5);
        }

        var pieces = SilenceSplitter.Split(levels, 8, 15);

        var heard = new int[levels.Length];
        foreach (var piece in pieces)
        {
            Assert.InRange(piece.End - piece.Start, 1, 1500);
            for (var i = piece.Start; i < piece.End; i++)
                heard[i]++;
        }

        Assert.DoesNotContain(heard, times => times > 1);
        Assert.InRange(levels.Where((level, i) => level > -40 && heard[i] == 0).Count(), 0, 8 * 20);
    }

    [Fact]
    public void A_long_silence_belongs_to_no_piece()
    {
        float[] levels = [.. Make(3, _ => 20), .. Enumerable.Repeat(Quiet, 60 * 100), .. Make(3, _ => 20)];

        var pieces = SilenceSplitter.Split(levels, 8, 15);

        Assert.Equal(2, pieces.Count);
        Assert.InRange(pieces[0].EndSeconds, 2.8, 3.5);
        Assert.InRange(pieces[1].StartSeconds, 62.5, 63);
    }

    [Fact]
    public void Silence_gives_no_piece() =>
        Assert.Empty(SilenceSplitter.Split([.. Enumerable.Repeat(AudioScan.Silence, 5000)], 8, 15));

    [Fact]
    public void Nothing_gives_no_piece() => Assert.Empty(SilenceSplitter.Split([], 8, 15));

    [Fact]
    public void Who_never_pauses_is_cut_where_it_is_quietest()
    {
        var levels = Enumerable.Repeat(Loud, 4000).ToArray();
        Array.Fill(levels, Loud - 4, 1000, 20);

        var pieces = SilenceSplitter.Split(levels, 8, 15);

        Assert.InRange(pieces[0].End, 1000, 1020);
        Assert.All(pieces, p => Assert.InRange(p.End - p.Start, 1, 1500));
        Assert.Equal(4000, pieces[^1].End);
    }

    // Speech, with a pause of so many hundredths at the end of each second.
    private static float[] Make(int seconds, Func<int, int> pause) => [.. Enumerable.Range(0, seconds)
        .SelectMany(s => Enumerable.Range(0, 100).Select(i => i < 100 - pause(s) ? Loud : Quiet))];
}
