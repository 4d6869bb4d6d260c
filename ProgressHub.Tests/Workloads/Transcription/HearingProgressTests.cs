using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription;

namespace ProgressHub.Tests.Workloads.Transcription;

public sealed class HearingProgressTests : IProgress<ProgressUpdate>
{
    private readonly ManualTime _time = new();
    private readonly List<ProgressUpdate> _told = [];

    void IProgress<ProgressUpdate>.Report(ProgressUpdate value) => _told.Add(value);

    [Fact]
    public void Between_two_words_of_the_engine_it_guesses_and_neither_arrives_nor_stands_still()
    {
        var progress = new HearingProgress(this, 100, _time);
        progress.Reach(0, 0);
        progress.Reach(0, 10);
        for (var i = 0; i < 8; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            progress.Guess();
        }

        var guesses = _told.Skip(2).ToList();
        Assert.All(guesses, g => Assert.True(g.Estimated));
        Assert.All(guesses.Zip(guesses.Skip(1)), pair => Assert.True(pair.Second.Current > pair.First.Current));
        Assert.All(guesses, g => Assert.InRange(g.Current!.Value, 0.5, 9.5));
    }

    [Fact]
    public void What_is_shown_never_falls()
    {
        var progress = new HearingProgress(this, 100, _time);
        progress.Reach(0, 50);
        _time.Advance(TimeSpan.FromMinutes(5));
        progress.Guess();
        progress.Reach(5, 55);
        progress.Guess();
        progress.Reach(60, 60);
        progress.Guess();
        progress.Reach(140, 140);

        Assert.Equal(_told.Select(t => t.Current), _told.Select(t => t.Current).Order());
        Assert.Equal(100, _told[^1].Current);
        Assert.False(_told[^1].Estimated);
    }

    [Fact]
    public void It_is_said_as_a_player_says_it()
    {
        new HearingProgress(this, 3700, _time).Reach(61, 61);

        Assert.Equal("Heard 1:01 of 1:01:40", Assert.Single(_told).Message);
    }
}
