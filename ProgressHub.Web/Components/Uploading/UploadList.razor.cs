using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>Where files are chosen and dropped, and what became of each.</summary>
public sealed partial class UploadList : IAsyncDisposable
{
    private ElementReference _zone;
    private bool _ready; // before the script is there, a chosen file would go nowhere

    /// <summary>What the browser's picker offers first, as in <c>accept</c>.</summary>
    [Parameter]
    public string? Accept { get; set; }

    /// <summary>What kind of files, in words.</summary>
    [Parameter, EditorRequired]
    public string Hint { get; set; } = "";

    /// <summary>What is wrong with the choice as a whole.</summary>
    [Parameter]
    public string? Problem { get; set; }

    /// <summary>How large a file may be, in bytes; null for what the server takes.</summary>
    [Parameter]
    public long? MaxBytes { get; set; }

    /// <summary>What happens to files that are being sent when the tab is closed, after "If it closes,".</summary>
    [Parameter]
    public string? Leaving { get; set; }

    /// <summary>The files; null for those that get a job each.</summary>
    [Parameter]
    public FileQueue? Source { get; set; }

    [Inject]
    private UploadQueue Own { get; set; } = null!;

    private FileQueue Queue => Source ?? Own;

    /// <inheritdoc/>
    public new ValueTask DisposeAsync()
    {
        Queue.Changed -= Changed;
        return base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Queue.Accept = Accept;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Queue.Changed += Changed;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await Queue.AttachAsync(_zone);
        _ready = true;
        StateHasChanged();
    }
}
