using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Web.Components.Collections;

/// <summary>Makes a collection, and goes to it.</summary>
public sealed partial class NewCollectionForm : IAsyncDisposable
{
    private string _name = "";
    private string? _description;
    private string? _embedding;
    private string? _nameProblem;
    private string? _descriptionProblem;
    private string? _refusal;
    private bool _submitting;
    private bool _leadToProblem;
    private JsModule? _focus;

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private EngineStatus? Embedding => Library.Embeddings.FirstOrDefault(engine => engine.Id == _embedding);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _focus?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override void OnInitialized() => _embedding = Library.Embeddings[0].Id;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_leadToProblem)
            return;
        _leadToProblem = false;
        _focus ??= new JsModule(Script, "./ui/focus.js");
        await _focus.CallAsync<object>("first", "form [aria-invalid=true]");
    }

    private async Task SubmitAsync()
    {
        if (_submitting)
            return;
        _submitting = true;
        _refusal = null;
        try
        {
            if (await CheckAsync())
            {
                var made = await Library.CreateAsync(
                    Caller.Owner, _name.Trim(), string.IsNullOrWhiteSpace(_description) ? null : _description.Trim(), _embedding,
                    CancellationToken.None);
                Navigation.NavigateTo($"collections/{made.Id}");
            }
        }
        catch (WorkloadException refusal)
        {
            _refusal = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _refusal = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
        finally
        {
            _submitting = false;
        }
    }

    private async Task<bool> CheckAsync()
    {
        var name = _name.Trim();
        _descriptionProblem = _description?.Trim().Length > KnowledgeLibrary.MaxDescription
            ? UiText.Of("At most {0} characters; it has {1}.", KnowledgeLibrary.MaxDescription, _description.Trim().Length) : null;
        _nameProblem = name switch
        {
            { Length: 0 } => UiText.Of("Give it a name."),
            { Length: > KnowledgeLibrary.MaxName } => UiText.Of("At most {0} characters; it has {1}.", KnowledgeLibrary.MaxName, name.Length),
            _ when name.Any(c => char.IsControl(c) || TextDirection.IsControl(c)) => UiText.Of("A name is one line of text."),
            _ when await IsTakenAsync(name) => UiText.Of("There is a collection of this name; choose another, or add to that one."),
            _ => null,
        };
        _leadToProblem = _nameProblem is not null || _descriptionProblem is not null;
        return !_leadToProblem;
    }

    // The server tells collections apart by their ids; people do it by their names.
    private async Task<bool> IsTakenAsync(string name) =>
        (await Library.ListAsync(Caller.Owner, CancellationToken.None))
            .Any(collection => string.Equals(collection.Name, name, StringComparison.OrdinalIgnoreCase));
}
