using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Pages;

/// <summary>A passage that an answer rests on, as a citation leads to it.</summary>
public sealed partial class PassagePage
{
    private Collection? _collection;
    private Passage? _passage;
    private string? _absence;

    /// <summary>The collection's id.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The passage's id.</summary>
    [Parameter]
    public string Number { get; set; } = "";

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        (_passage, _absence) = (null, null);
        try
        {
            _collection = await Library.FindAsync(Caller.Owner, Id, CancellationToken.None);
            if (_collection is not null && long.TryParse(Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                _passage = await Library.FindPassageAsync(Caller.Owner, Id, number, CancellationToken.None);
            _absence = _passage is null ? UiText.Of("There is no such passage") : null;
        }
        catch (StorageUnavailableException)
        {
            _absence = UiText.Of("The passage can't be read now");
        }
    }
}
