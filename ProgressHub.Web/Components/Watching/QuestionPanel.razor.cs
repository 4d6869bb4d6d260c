using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>A question that a job waits with. One answer is sent; the page goes on when the job has taken it.</summary>
public sealed partial class QuestionPanel
{
    private string _text = "";
    private bool _sent;
    private string? _problem;

    /// <summary>The job that asks.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    /// <summary>What it asks.</summary>
    [Parameter, EditorRequired]
    public PendingInput Question { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    // A page may show several jobs that ask.
    private string HeadingId => $"question-{Question.RequestId}";

    private string FieldId => $"answer-{Question.RequestId}";

    private async Task AnswerAsync(string answer)
    {
        if (_sent)
            return;
        if (string.IsNullOrWhiteSpace(answer))
        {
            _problem = UiText.Of("Write an answer first.");
            return;
        }

        _sent = true;
        _problem = null;
        try
        {
            await Jobs.AnswerAsync(JobId, Caller.Owner, Question.RequestId, answer, CancellationToken.None);
        }
        catch (JobConflictException refusal)
        {
            _sent = false;
            _problem = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _sent = false;
            _problem = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
    }
}
