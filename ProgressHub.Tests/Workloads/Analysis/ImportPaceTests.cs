using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Engine;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>How far an import is told to be, whatever its steps really take.</summary>
public sealed class ImportPaceTests
{
    private readonly ManualTime _time = new();
    private readonly List<double> _told = [];

    [Theory]
    [InlineData(1, 1, 0.1, 0.1), InlineData(1, 1.6, 0.2, 0.1), InlineData(1, 0.6, 0.05, 0.02), InlineData(30, 40, 3, 2)]
    public void It_is_the_share_of_the_time(double learning, double writing, double counting, double saving)
    {
        double[] steps = [learning, writing, counting, saving];
        var pace = Expecting((ImportStep.Learning, 1), (ImportStep.Writing, 1), (ImportStep.Counting, 0.1), (ImportStep.Saving, 0.1));
        var (all, gone, worst) = (steps.Sum(), 0.0, 0.0);

        foreach (var (i, seconds) in steps.Index())
        {
            pace.Begin(ImportStep.Learning + i);
            for (var percent = 1; percent <= 100; percent++)
            {
                _time.Advance(TimeSpan.FromSeconds(seconds / 100));
                gone += seconds / 100;

                // The last one can't say how far it is.
                pace.At(i == 3 ? 0 : percent / 100.0, 0);
                worst = Math.Max(worst, Math.Abs(_told[^1] - (gone / all)));
            }
        }

        Assert.Equal(_told.Order(), _told);
        Assert.True(worst <= 0.15, $"It was off by {worst:P0}.");
    }

    [Theory]
    [InlineData(0.25), InlineData(0.1)]
    public void While_a_step_is_silent_the_time_goes_on(double silence)
    {
        // Two steps of a hundred seconds each; the second says how far it is only now and then.
        var pace = Expecting((ImportStep.Learning, 1), (ImportStep.Writing, 1));
        pace.Begin(ImportStep.Learning);
        _time.Advance(TimeSpan.FromSeconds(100));
        pace.At(1, 0);
        pace.Begin(ImportStep.Writing);
        for (var second = 1; second <= 100; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            pace.At(Math.Floor(second / 100.0 / silence) * silence, 0);
            Assert.InRange(_told[^1], ((100 + second) / 200.0) - 0.05, ((100 + second) / 200.0) + 0.05);
        }
    }

    [Fact]
    public void A_step_that_has_to_be_done_again_does_not_turn_it_back()
    {
        var pace = Expecting((ImportStep.Learning, 1), (ImportStep.Writing, 1));
        pace.Begin(ImportStep.Learning);
        _time.Advance(TimeSpan.FromSeconds(1));
        pace.At(1, 0);
        pace.Begin(ImportStep.Writing);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        pace.At(0.5, 10);
        var before = _told[^1];

        pace.Begin(ImportStep.Writing);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        pace.At(0.1, 1);

        Assert.True(_told[^1] >= before);
        Assert.InRange(_told[^1], 0.5, 0.85);
    }

    private ImportPace Expecting(params ReadOnlySpan<(ImportStep Step, double Time)> steps)
    {
        var pace = new ImportPace(_time, at => _told.Add(at.Share));
        pace.Expect(steps);
        return pace;
    }
}
