using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Pages;

/// <summary>The collections that the caller may ask, and where one is made.</summary>
public sealed partial class CollectionsPage
{
    private IReadOnlyList<Collection>? _collections;
    private string? _problem;

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private IEnumerable<Collection> Own => _collections?.Where(c => !c.ReadOnly) ?? [];

    private IEnumerable<Collection> Bundled => _collections?.Where(c => c.ReadOnly) ?? [];

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        try
        {
            _collections = await Library.ListAsync(Caller.Owner, CancellationToken.None);
            _problem = null;
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The collections can't be read now.");
        }
    }
}
