using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Knowledge;
using ProgressHub.Core.Workloads.Knowledge.Collections;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Asks a question of a collection of documents: of the one it is given, or of one that is chosen in it.</summary>
public sealed partial class AskForm : IAsyncDisposable
{
    private const string Kind = "ask";

    private readonly AskDraft _draft = new();
    private IReadOnlyList<QuestionSource> _sources = [];
    private IReadOnlyList<EngineStatus> _engines = [];
    private Dictionary<string, string> _problems = [];
    private string? _refusal;
    private bool _submitting;
    private bool _leadToProblem;
    private JsModule? _focus;

    /// <summary>Which collection to ask; null where that is to be chosen.</summary>
    [Parameter]
    public Collection? Collection { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private QuestionSource? Chosen => _sources.FirstOrDefault(source => source.Id == _draft.Collection);

    private EngineStatus? Engine => _engines.FirstOrDefault(engine => engine.Id == _draft.Engine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _focus?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Collection is null)
            await ReadCollectionsAsync();
        if (Workloads.Find(Kind) is { } ask)
            _engines = await ask.GetEnginesAsync(CancellationToken.None);
        _draft.Engine = (_engines.FirstOrDefault(engine => engine.Ready) ?? (_engines.Count > 0 ? _engines[0] : null))?.Id;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Collection is not { } given)
            return;
        _sources = [Source(given)];
        _draft.Collection = given.Id;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_leadToProblem)
            return;
        _leadToProblem = false;
        _focus ??= new JsModule(Script, "./ui/focus.js");
        await _focus.CallAsync<object>("first", "form [aria-invalid=true]");
    }

    private static QuestionSource Source(Collection collection) => new(
        collection.Id, collection.Name, Describe(collection), Examples(collection.Id));

    private static string Describe(Collection collection) =>
        !string.IsNullOrWhiteSpace(collection.Description) ? collection.Description
        : collection.Documents == 0 ? "Empty"
        : string.Create(CultureInfo.InvariantCulture, $"{collection.Documents:N0} {(collection.Documents == 1 ? "document" : "documents")}");

    private static IReadOnlyList<string> Examples(string collection) => collection switch
    {
        "guan_yu" => ["What does number 40 say?", "第四十首說什麼？"],
        "lighthouse" => ["How is the lamp lit?", "Who keeps the light in a storm?"],
        _ => [],
    };

    private string? Problem(string property) => _problems.GetValueOrDefault(property);

    private async Task ReadCollectionsAsync()
    {
        try
        {
            _sources = [.. (await Library.ListAsync(Caller.Owner, CancellationToken.None)).Select(Source)];
            _draft.Collection ??= _sources.Count > 0 ? _sources[0].Id : null;
        }
        catch (StorageUnavailableException)
        {
            _refusal = "The collections can't be read now; reload the page in a moment.";
        }
    }

    private async Task SubmitAsync()
    {
        _refusal = null;
        _problems = _draft.Check(Engine);
        _leadToProblem = _problems.Count > 0;
        if (_submitting || _leadToProblem)
            return;

        _submitting = true;
        try
        {
            Allowance.Require(Caller.Owner);
            var submission = await Jobs.SubmitAsync(
                new JobRequest { Kind = Kind, Input = _draft.ToInput(), Owner = Caller.Owner }, CancellationToken.None);
            Navigation.NavigateTo($"jobs/{submission.Snapshot.JobId}");
        }
        catch (WorkloadException refusal)
        {
            _refusal = refusal.Message;
        }
        catch (StorageUnavailableException)
        {
            _refusal = "The server can't write to its store now; try again in a moment.";
        }
        finally
        {
            _submitting = false;
        }
    }
}
