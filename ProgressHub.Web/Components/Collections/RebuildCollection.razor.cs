using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>Offers to make a collection's vectors anew, by a job that shows beside it.</summary>
public sealed partial class RebuildCollection
{
    private bool _busy;
    private string? _submitted;
    private string? _problem;

    /// <summary>The collection; it has something better to be made by.</summary>
    [Parameter, EditorRequired]
    public Collection Collection { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private async Task RebuildAsync()
    {
        if (_busy)
            return;
        _busy = true;
        _problem = null;
        try
        {
            Allowance.Require(Caller.Owner);
            var input = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["collection"] = Collection.Id });
            await Jobs.SubmitAsync(new JobRequest { Kind = "rebuild", Input = input, Owner = Caller.Owner }, CancellationToken.None);
            _submitted = Collection.Better;
        }
        catch (Exception refusal) when (refusal is WorkloadException or JobConflictException)
        {
            _problem = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
        finally
        {
            _busy = false;
        }
    }
}
