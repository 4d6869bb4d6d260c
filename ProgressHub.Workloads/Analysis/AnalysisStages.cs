using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Analysis;

/// <summary>The stages of each mode; a failure is told by the stage in which it happened.</summary>
internal static class AnalysisStages
{
    public const string Session = "session";
    public const string Reading = "reading";
    public const string Context = "context";
    public const string Planning = "planning";
    public const string Executing = "executing";
    public const string Presenting = "presenting";

    private static readonly Stage First = new(Session, "Session and cache", 0.05);
    private static readonly Stage Table = new(Reading, "Reading the table", 0.40) { Learned = false };
    private static readonly Stage Search = new(Context, "Context search", 0.05);
    private static readonly Stage Query = new(Executing, "Executing", 0.30);
    private static readonly Stage Last = new(Presenting, "Presenting", 0.05);

    private static readonly StagePlan ToSearch = new(First with { Label = "Session" }, Table, Search, Last);
    private static readonly StagePlan ToExecute = new(First with { Label = "Session" }, Table, Query, Last);

    /// <summary>Those of a question.</summary>
    public static StagePlan ToAnswer { get; } =
        new(First, Table, Search, new Stage(Planning, "Planning", 0.15) { Learned = false, Resource = EngineInput.ModelResource }, Query, Last);

    /// <summary>Begins a stage. Most can't say how far they are; that those before are over is known all the same.</summary>
    public static async ValueTask BeginAsync(this WorkloadContext context, string stage)
    {
        await context.BeginStageAsync(stage);
        context.Progress.Report(new ProgressUpdate { Fraction = 0 });
    }

    public static StagePlan Of(AnalysisMode mode) => mode switch
    {
        AnalysisMode.Search => ToSearch,
        AnalysisMode.Execute => ToExecute,
        _ => ToAnswer,
    };
}
