using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Workloads.AspNetCore.External;
using ProgressHub.Workloads.External;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Makes a job that a program elsewhere reports for, and shows how, with its token, once.</summary>
public sealed partial class ExternalForm
{
    private ExternalDraft _draft = new();
    private JobSnapshot? _made;
    private string _token = "";
    private string? _stage;

    [Inject]
    private WriteTokens Tokens { get; set; } = null!;

    private void Again()
    {
        _draft = new ExternalDraft();
        _made = null;
        _token = "";
        BeginAgain();
    }

    private Task SubmitAsync() => SubmitAsync(_draft.Check(), async () =>
    {
        var submission = await SubmitAsync(ExternalJobs.Kind, _draft.ToInput(), _draft.Title);
        _stage = _draft.FirstStage;
        _token = Tokens.Of(submission.Snapshot.JobId);
        _made = submission.Snapshot;
        LeadTo("#made-heading");
    });
}
