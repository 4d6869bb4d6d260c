using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Engine;

namespace ProgressHub.Workloads.Analysis;

/// <summary>
/// How long the stages of a question take, as far as the size and kind of the table tell: for a server that has learned
/// nothing yet. Measured on two cores; how quick another machine is shows as the work goes on.
/// </summary>
internal static class AnalysisForecast
{
    private const double ShortMs = 50;
    private const double StartMs = 300;
    private const double ModelMs = 5000;
    private const double HashMs = 0.0000015;

    /// <summary>Says it, before the table is read.</summary>
    /// <param name="context">The job.</param>
    /// <param name="mode">What is asked for, which says what stages there are.</param>
    /// <param name="name">What the table's file is called.</param>
    /// <param name="bytes">How much of it is to be read; 0 for one that was read before.</param>
    /// <param name="isRules">Whether rules plan the query, and no model.</param>
    public static void Tell(WorkloadContext context, AnalysisMode mode, string name, long bytes, bool isRules)
    {
        var (readMs, queryMs) = PerByte(name);

        // Its content is hashed.
        Expect(AnalysisStages.Session, ShortMs + (bytes * HashMs));
        Expect(AnalysisStages.Reading, bytes == 0 ? ShortMs : StartMs + (bytes * readMs));
        if (mode != AnalysisMode.Execute)
            Expect(AnalysisStages.Context, ShortMs);
        if (mode is not (AnalysisMode.Execute or AnalysisMode.Search))
            Expect(AnalysisStages.Planning, isRules ? 2 * ShortMs : ModelMs);
        if (mode != AnalysisMode.Search)
            Expect(AnalysisStages.Executing, StartMs + (bytes * queryMs));
        Expect(AnalysisStages.Presenting, ShortMs);

        void Expect(string stage, double milliseconds) => context.Expect(stage, TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>Says it again while the table is read, by how far that is.</summary>
    /// <param name="context">The job.</param>
    /// <param name="at">How far it is.</param>
    /// <param name="before">How long the stage was under way at the first word of the reading: a process had to start.</param>
    /// <param name="elapsed">How long the stage is under way.</param>
    public static void Tell(WorkloadContext context, ImportProgress at, TimeSpan before, TimeSpan elapsed)
    {
        if (at.TimeShare is > 0 and var over)
            context.Expect(AnalysisStages.Reading, before + ((elapsed - before) / over), isMeasured: true);
        context.Progress.Report(new ProgressUpdate(
            at.Rows > 0 ? at.Rows : null, null, at.Rows > 0 ? "Reading rows" : "Finding out the types of its columns", "rows")
        {
            Fraction = at.Share,
        });
    }

    // Packed formats hold more than they weigh.
    private static (double ReadMs, double QueryMs) PerByte(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".xlsx" or ".xlsm" => (0.002, 0.00001),
        ".parquet" => (0.00001, 0.000005),
        _ => (0.00003, 0.000001),
    };
}
