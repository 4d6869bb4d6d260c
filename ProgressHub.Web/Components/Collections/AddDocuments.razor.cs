using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>Sends documents into a collection.</summary>
public sealed partial class AddDocuments : IDisposable
{
    private string? _problem;

    /// <summary>The collection; another one is another component.</summary>
    [Parameter, EditorRequired]
    public Collection Collection { get; set; } = null!;

    [Inject]
    private DocumentQueues Queues { get; set; } = null!;

    private static string Hint => UiText.Of("{0} and any other text", string.Join(", ", KnowledgeLibrary.FileTypes));

    private DocumentQueue Queue { get; set; } = null!;

    private long MaxFileBytes => Math.Min(KnowledgeLibrary.MaxFileBytes, Queue.Limits.MaxBytes);

    // The vectors of the built-in engine need no key.
    private bool NeedsKey => Collection.Embedding.StartsWith("openai/", StringComparison.Ordinal);

    private string Action => Queue switch
    {
        { Ready: 0, IsBusy: true } => UiText.Of("Sending…"),
        { Ready: 0 } => UiText.Of("Add documents"),
        { Ready: 1 } => UiText.Of("Add 1 file"),
        { Ready: var files } => UiText.Of("Add {0} files", files),
    };

    /// <inheritdoc/>
    public void Dispose() => Queue.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Queue = Queues.Of(Collection.Id);
        Queue.Changed += OnChanged;
    }

    private void OnChanged()
    {
        if (Queue.Ready > 0)
            _problem = null;
        StateHasChanged();
    }

    private Task SubmitAsync()
    {
        _problem = Queue.Ready == 0 && !Queue.IsBusy ? UiText.Of("Choose or drop at least one file.") : null;
        return _problem is null ? Queue.StartAsync() : Task.CompletedTask;
    }
}
