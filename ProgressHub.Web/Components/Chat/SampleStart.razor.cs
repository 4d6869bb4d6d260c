using Microsoft.AspNetCore.Components;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>Begins a session over a table that comes with the server.</summary>
public sealed partial class SampleStart
{
    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    private Task StartAsync(string sample) => TryAsync(async () =>
    {
        CountSubmission();
        var session = await Sessions.CreateAsync(Caller.Owner, null, sample, CancellationToken.None);
        Leave($"analysis/{session.Id}");
    });
}
