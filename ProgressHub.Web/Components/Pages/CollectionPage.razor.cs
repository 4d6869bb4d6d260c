using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Listing;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Pages;

/// <summary>One collection: what is in it, what is being taken in, and where it is asked.</summary>
public sealed partial class CollectionPage
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(2);

    // One that waits is enough: whoever is told reads everything anew.
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Collection? _collection;
    private string? _shownId;
    private string? _absence;
    private string? _absenceHint;

    /// <summary>The collection's id, as it stands in the address.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // Those that fill it and those that make it anew.
    private JobListFilter Ingests => new(Tag: KnowledgeLibrary.TagOf(Id));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shownId == Id)
            return;
        (_shownId, _collection, _absence) = (Id, null, null);
        Follow(token => FollowAsync(Id, token));
    }

    private async Task FollowAsync(string id, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var found = await Library.FindAsync(Caller.Owner, id, cancellationToken);
                if (found is null)
                {
                    (_absence, _absenceHint) = _collection is null
                        ? (UiText.Of("There is no such collection"), UiText.Of("The address may be mistyped, it was deleted, or it is somebody else's."))
                        : (UiText.Of("This collection was deleted"), UiText.Of("It went while you were looking at it."));
                }

                _collection = found;
                Changed();
                if (found is null)
                    return;
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StorePause, Time, cancellationToken);
                continue;
            }

            await _news.Reader.ReadAsync(cancellationToken);
            await Task.Delay(LeastPause, Time, cancellationToken);
        }
    }

    private void Advanced() => _news.Writer.TryWrite(true);
}
