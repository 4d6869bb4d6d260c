using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>The documents of a collection, a page at a time. It reads its page again whenever the collection is another.</summary>
public sealed partial class DocumentTable
{
    /// <summary>How many documents a page has.</summary>
    public const int PageSize = 25;

    // Where each page before this one ended, to go back by.
    private readonly Stack<string> _cursors = new();
    private IReadOnlyList<CollectionDocument>? _documents;
    private Collection? _shown;
    private bool _hasMore;
    private string? _confirming;
    private string? _problem;

    /// <summary>The collection as it is now.</summary>
    [Parameter, EditorRequired]
    public Collection Collection { get; set; } = null!;

    /// <summary>A document was removed.</summary>
    [Parameter]
    public EventCallback OnRemoved { get; set; }

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        if (_shown == Collection)
            return Task.CompletedTask;
        if (_shown?.Id != Collection.Id)
            _cursors.Clear();
        _shown = Collection;
        return ReadAsync();
    }

    private Task OnAsync()
    {
        if (_documents is [.., var last] && _hasMore)
            _cursors.Push(last.Id);
        return ReadAsync();
    }

    private Task BackAsync()
    {
        _cursors.TryPop(out _);
        return ReadAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            // One more than is shown tells whether there is a next page.
            var after = _cursors.TryPeek(out var cursor) ? cursor : null;
            var page = await Library.ListDocumentsAsync(Caller.Owner, Collection.Id, after, PageSize + 1, CancellationToken.None) ?? [];
            (_documents, _hasMore, _problem) = ([.. page.Take(PageSize)], page.Count > PageSize, null);
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The documents can't be read now; reload the page in a moment.");
        }
    }

    private async Task RemoveAsync(string document)
    {
        _confirming = null;
        try
        {
            await Library.DeleteDocumentAsync(Caller.Owner, Collection.Id, document, CancellationToken.None);
            await ReadAsync();
            if (_documents is { Count: 0 } && _cursors.Count > 0)
                await BackAsync();
            await OnRemoved.InvokeAsync();
        }
        catch (WorkloadException refusal)
        {
            _problem = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The server can't write to its store now. Nothing has changed; try again in a moment.");
        }
    }
}
