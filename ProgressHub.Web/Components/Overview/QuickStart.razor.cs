using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Overview;

/// <summary>Begins real work at a click: a question to the bundled handbook, or to the bundled table.</summary>
public sealed partial class QuickStart
{
    private const string Handbook = "lighthouse";
    private const string Question = "How is the lamp lit?";

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    private Task AskHandbookAsync() => TryAsync(async () =>
    {
        var input = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["question"] = Question, ["collection"] = Handbook });
        var submission = await SubmitAsync("ask", input);
        Leave($"jobs/{submission.Snapshot.JobId}");
    });

    private Task AskTableAsync() => TryAsync(async () =>
    {
        CountSubmission();
        var session = await Sessions.CreateAsync(Caller.Owner, null, AnalysisSamples.All[0].Id, CancellationToken.None);
        if (session.Suggestions is [var question, ..])
        {
            var input = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["session"] = session.Id, ["question"] = question });
            await SubmitAsync("analysis", input);
            await Sessions.RenameAsync(Caller.Owner, session.Id, question, CancellationToken.None);
        }

        Leave($"analysis/{session.Id}");
    });
}
