using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Analysis.Sessions;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Components.Chat;

/// <summary>Begins a session over a table that comes with the server.</summary>
public sealed partial class SampleStart
{
    private bool _busy;
    private string? _problem;

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private async Task StartAsync(string sample)
    {
        if (_busy)
            return;
        _busy = true;
        _problem = null;
        try
        {
            Allowance.Require(Caller.Owner);
            var session = await Sessions.CreateAsync(Caller.Owner, null, sample, CancellationToken.None);
            Navigation.NavigateTo($"analysis/{session.Id}");
        }
        catch (WorkloadException refusal)
        {
            _problem = refusal.Message;
        }
        catch (StorageUnavailableException)
        {
            _problem = "The server can't write to its store now; try again in a moment.";
        }
        finally
        {
            _busy = false;
        }
    }
}
