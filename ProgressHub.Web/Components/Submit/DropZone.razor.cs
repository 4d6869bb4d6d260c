using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>
/// Takes a file, chosen or dropped. A small script makes the whole form around it the place to drop on, so that a file
/// that misses the zone is not opened by the browser instead.
/// </summary>
public sealed partial class DropZone : IAsyncDisposable
{
    private const string InputId = "source-file";
    private const string HintId = "source-file-hint";

    private readonly CancellationTokenSource _gone = new();
    private ElementReference _element;
    private JsModule? _module;
    private bool _reading;
    private bool _ready; // before the scripts are there, a chosen file would go nowhere

    /// <summary>A file was read.</summary>
    [Parameter]
    public EventCallback<SourceFile> OnFile { get; set; }

    /// <summary>A file could not be taken; says why and what to do.</summary>
    [Parameter]
    public EventCallback<string> OnProblem { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        if (_module is { } module)
            await module.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/drop-zone.js");
        await _module.CallAsync<object>("attach", _element);
        _ready = true;
        StateHasChanged();
    }

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        if (change.FileCount != 1)
        {
            await OnProblem.InvokeAsync(UiText.Of("Drop one file at a time."));
            return;
        }

        _reading = true;
        try
        {
            await OnFile.InvokeAsync(await SourceFile.ReadAsync(change.File, _gone.Token));
        }
        catch (FormatException refusal)
        {
            await OnProblem.InvokeAsync(refusal.Message);
        }
        catch (Exception failure) when (failure is IOException or JSException)
        {
            await OnProblem.InvokeAsync(UiText.Of("The file could not be read; choose it again."));
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _reading = false;
        }
    }
}
