using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription;
using ProgressHub.Workloads.Translation;
using ProgressHub.Workloads.Translation.Cutting;

namespace ProgressHub.Tests.Workloads.FirstRuns;

/// <summary>First transcriptions and translations, on machines and with engines of several speeds: bar and estimate come true.</summary>
public sealed class SpeechAndTextTruthTests
{
    [Theory]
    [InlineData(0.5, 0.2, 0), InlineData(0.5, 0.2, 4), InlineData(1, 0.2, 2), InlineData(1, 2, 8), InlineData(2, 0.5, 8), InlineData(3, 4, 20)]
    public async Task A_transcription(double slow, double prepare, double load)
    {
        const double Audio = 600, Segment = 10;
        using var run = await FirstRun.StartAsync(TranscriptionWorkload.Plan);
        var uneven = new Random(1);
        run.Begin("uploading");
        run.Report(new ProgressUpdate(1, 1, Unit: "bytes"));
        run.Work(0.1);
        run.Begin("preprocessing");
        run.Work(prepare);
        run.SetInputSize(Audio);
        run.Begin("transcribing");
        var progress = new HearingProgress(run, Audio, run.Time);
        progress.Reach(0, 0);
        run.Work(load);
        for (var at = 0.0; at < Audio; at += Segment)
        {
            progress.Reach(at, at + Segment);
            run.Work(0.2 * slow * Segment * (0.5 + uneven.NextDouble()), _ => progress.Guess());
        }

        progress.Reach(Audio, Audio);
        run.Begin("completed");

        run.AssertTruth();
    }

    [Theory]
    [InlineData(0.5, 1, 0), InlineData(0.5, 4, 3), InlineData(1, 4, 0), InlineData(1, 4, 8), InlineData(2, 8, 5), InlineData(3, 2, 20)]
    public async Task A_translation(double slow, int atOnce, double connect)
    {
        const int Batches = 96;
        using var run = await FirstRun.StartAsync(TranslationWorkload.Plan);
        var input = new TranslationInput { Text = new string('x', Batches * 1200), TargetLanguage = "es" };
        run.Begin("preparing");
        run.Expect("preparing", TextCutter.Expected(input));
        run.Work(0.3 * slow);
        run.Begin("translating");
        run.Report(new ProgressUpdate(0, Batches, Unit: "batches"));
        foreach (var (i, at) in Ends(Batches, atOnce, slow * atOnce * 1.25, connect).Index())
        {
            run.WorkUntil(at);
            run.Report(new ProgressUpdate(i + 1, Batches, Unit: "batches"));
        }

        run.Begin("assembling");
        run.Work(0.05);

        run.AssertTruth();
    }

    // When batches are done of which some are with an engine at once; no two take equally long.
    private static IEnumerable<double> Ends(int batches, int atOnce, double seconds, double connect)
    {
        var uneven = new Random(2);
        var free = Enumerable.Repeat(connect, atOnce).ToArray();
        List<double> ends = [];
        for (var i = 0; i < batches; i++)
        {
            var next = Array.IndexOf(free, free.Min());
            ends.Add(free[next] += seconds * (0.7 + (0.6 * uneven.NextDouble())));
        }

        return ends.Order();
    }
}
