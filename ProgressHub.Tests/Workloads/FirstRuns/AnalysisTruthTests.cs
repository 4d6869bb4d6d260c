using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Engine;

namespace ProgressHub.Tests.Workloads.FirstRuns;

/// <summary>First questions over a large table, on machines of several speeds: bar and estimate come true.</summary>
public sealed class AnalysisTruthTests
{
    [Theory]
    [InlineData(0.5, 1, 1.3), InlineData(1, 1, 1.3), InlineData(2, 1, 1.3), InlineData(3, 1, 1.3)]
    [InlineData(1, 0.4, 1.5), InlineData(1, 3, 1.1), InlineData(2, 3, 1.5), InlineData(3, 2, 1.1)]
    public async Task A_question(double slowProcessor, double slowDisk, double writing)
    {
        const long Bytes = 2_000_000_000;
        using var run = await FirstRun.StartAsync(AnalysisStages.ToAnswer);
        await run.BeginAsync(AnalysisStages.Session);
        AnalysisForecast.Tell(run, AnalysisMode.Question, "sales.csv", Bytes, isRules: true);
        run.Work(3 * slowDisk, share => run.Report(new() { Fraction = share }));

        await run.BeginAsync(AnalysisStages.Reading);
        AnalysisForecast.Tell(run, AnalysisMode.Question, "sales.csv", Bytes, isRules: true);
        Read(run, 3 * slowProcessor, [40 * slowProcessor, 40 * slowProcessor * writing, 6 * slowProcessor, 3 * slowDisk]);

        foreach (var (stage, seconds) in new[]
        {
            (AnalysisStages.Context, 0.05), (AnalysisStages.Planning, 0.1), (AnalysisStages.Executing, 2), (AnalysisStages.Presenting, 0.05),
        })
        {
            await run.BeginAsync(stage);
            run.Work(seconds * slowProcessor);
        }

        run.AssertTruth();
    }

    private static void Read(FirstRun run, double starting, double[] seconds)
    {
        var begun = run.Time.GetTimestamp();
        run.Work(starting);
        var before = run.Time.GetElapsedTime(begun);
        var pace = new ImportPace(run.Time, at => AnalysisForecast.Tell(run, at, before, run.Time.GetElapsedTime(begun)));
        DelimitedImport.Expect(pace);
        foreach (var (i, step) in seconds.Index())
        {
            pace.Begin(ImportStep.Learning + i);

            // The last one can't say how far it is.
            run.Work(step, share => pace.At(i == 3 ? 0 : share, i == 0 ? 0 : 1000));
        }
    }
}
