using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>Deletes a collection of one's own, once that is confirmed.</summary>
public sealed partial class DeleteCollection
{
    private bool _confirming;
    private bool _busy;
    private string? _problem;

    /// <summary>The collection.</summary>
    [Parameter, EditorRequired]
    public Collection Collection { get; set; } = null!;

    /// <summary>It is gone.</summary>
    [Parameter]
    public EventCallback OnDeleted { get; set; }

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private async Task DeleteAsync()
    {
        if (_busy)
            return;
        _busy = true;
        _problem = null;
        try
        {
            // Somebody else may have been quicker; it is gone all the same.
            await Library.DeleteAsync(Caller.Owner, Collection.Id, CancellationToken.None);
            await OnDeleted.InvokeAsync();
        }
        catch (WorkloadException refusal)
        {
            _problem = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The server can't write to its store now. Nothing has changed; try again in a moment.");
        }
        finally
        {
            _busy = false;
        }
    }
}
