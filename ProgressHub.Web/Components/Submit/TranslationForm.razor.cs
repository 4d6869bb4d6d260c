using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Submits a translation and goes to its job.</summary>
public sealed partial class TranslationForm : IAsyncDisposable
{
    private const string Kind = "translation";

    private readonly TranslationDraft _draft = new();
    private IReadOnlyList<EngineStatus> _engines = [];
    private Dictionary<string, string> _problems = [];
    private string? _refusal;
    private bool _submitting;
    private bool _leadToProblem;
    private JsModule? _focus;

    [Inject]
    private JobService Jobs { get; set; } = null!;

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

    private EngineStatus? Engine => _engines.FirstOrDefault(engine => engine.Id == _draft.Engine);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _focus?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Workloads.Find(Kind) is { } translation)
            _engines = await translation.GetEnginesAsync(CancellationToken.None);
        _draft.Engine = (_engines.FirstOrDefault(engine => engine.Ready) ?? (_engines.Count > 0 ? _engines[0] : null))?.Id;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_leadToProblem || _submitting)
            return;
        _leadToProblem = false;
        _focus ??= new JsModule(Script, "./ui/focus.js");
        await _focus.CallAsync<object>("first", "form [aria-invalid=true]");
    }

    private string? Problem(string property) => _problems.GetValueOrDefault(property);

    private void Type(string text)
    {
        _draft.Text = text;
        _problems.Remove("text");
    }

    private void Take(TextFile file)
    {
        _draft.Take(file);
        _problems.Remove("text");
    }

    private void Refuse(string problem) => _problems["text"] = problem;

    private void Clear()
    {
        _draft.Text = "";
        _draft.FileName = null;
    }

    private async Task SubmitAsync()
    {
        if (_submitting)
            return;
        _refusal = null;
        _problems = _draft.Check(Engine);
        _leadToProblem = _problems.Count > 0;
        if (_leadToProblem)
            return;

        _submitting = true;
        try
        {
            Allowance.Require(Caller.Owner);
            var submission = await Jobs.SubmitAsync(
                new JobRequest
                {
                    Kind = Kind, Input = _draft.ToInput(), Owner = Caller.Owner,
                    Title = string.IsNullOrWhiteSpace(_draft.Title) ? null : _draft.Title,
                },
                CancellationToken.None);
            Navigation.NavigateTo($"jobs/{submission.Snapshot.JobId}");
        }
        catch (WorkloadException refusal) when (refusal.Property is { } property && property != "input")
        {
            _problems[property] = refusal.Message;
            _leadToProblem = true;
        }
        catch (WorkloadException refusal)
        {
            _refusal = refusal.Message;
        }
        catch (StorageUnavailableException)
        {
            _refusal = "The server can't write to its store now. Your text is still here; try again in a moment.";
        }
        finally
        {
            _submitting = false;
        }
    }
}
