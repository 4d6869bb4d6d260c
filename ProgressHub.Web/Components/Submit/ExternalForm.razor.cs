using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.External;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.External;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Makes a job that a program elsewhere reports for, and shows how, with its token, once.</summary>
public sealed partial class ExternalForm : IAsyncDisposable
{
    private ExternalDraft _draft = new();
    private Dictionary<string, string> _problems = [];
    private JobSnapshot? _made;
    private string _token = "";
    private string? _stage;
    private string? _refusal;
    private bool _submitting;
    private string? _leadTo;
    private JsModule? _focus;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private WriteTokens Tokens { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _focus?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_leadTo is not { } target || _submitting)
            return;
        _leadTo = null;
        _focus ??= new JsModule(Script, "./ui/focus.js");
        await _focus.CallAsync<object>("first", target);
    }

    private string? Problem(string property) => _problems.GetValueOrDefault(property);

    private void Again()
    {
        _draft = new ExternalDraft();
        _made = null;
        _token = "";
    }

    private async Task SubmitAsync()
    {
        _refusal = null;
        _problems = _draft.Check();
        if (_problems.Count > 0)
            _leadTo = "form [aria-invalid=true]";
        if (_submitting || _problems.Count > 0)
            return;

        _submitting = true;
        try
        {
            Allowance.Require(Caller.Owner);
            var submission = await Jobs.SubmitAsync(
                new JobRequest
                {
                    Kind = ExternalJobs.Kind, Input = _draft.ToInput(), Owner = Caller.Owner,
                    Title = string.IsNullOrWhiteSpace(_draft.Title) ? null : _draft.Title,
                },
                CancellationToken.None);
            _stage = _draft.FirstStage;
            _token = Tokens.Of(submission.Snapshot.JobId);
            _made = submission.Snapshot;
            _leadTo = "#made-heading";
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
