using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Components.Watching;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Chat;

/// <summary>A question and its answer, which is a job: its lines as they come, what it asks back, and what came of it.</summary>
public sealed partial class Exchange
{
    private JobId? _shown;
    private string? _question;
    private bool _absent;
    private bool _busy;
    private string? _problem;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    /// <summary>Asks another question of the same session.</summary>
    [Parameter]
    public EventCallback<string> OnAsk { get; set; }

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == JobId)
            return;
        _shown = JobId;
        FollowJob(JobId);
        _question = await ReadQuestionAsync();
    }

    /// <inheritdoc/>
    protected override void OnAbsent(JobAbsence why) => _absent = true;

    private static string Doing(JobSnapshot job) => job switch
    {
        { State: JobState.Queued } => UiText.Of("Waits for its turn"),
        { State: JobState.WaitingForInput } => UiText.Of("Needs your answer"),
        { State: JobState.Canceling } => UiText.Of("Canceling"),
        { Eta: { } eta } => $"{job.StageLabel() ?? UiText.Of("Working")}, {Durations.Left(eta)}",
        _ => job.StageLabel() ?? UiText.Of("Working"),
    };

    private static string Summary(JobView view)
    {
        var count = view.Log.Items.Count;
        var steps = view.Log.HasEarlier ? UiText.Of("more than {0} steps", count) : UiText.Plural(count, UiText.Key("1 step"), UiText.Key("{0:N0} steps"));
        return view.Snapshot switch
        {
            { IsFinal: false } job => UiText.Of("Progress, {0} %", job.Percent()),
            { StartedAt: { } start, FinishedAt: { } end } => $"{steps} · {Durations.Exact((end - start).TotalMilliseconds)}",
            _ => steps,
        };
    }

    private static string Advice(string code) => code switch
    {
        "not_a_table" or "invalid_csv" or "empty_table" or "too_many_columns" or "table_too_large" or "data_gone" =>
            UiText.Of("Put the file right and begin a new session over it, under Analysis."),
        "session_not_found" => UiText.Of("Begin a new session, under Analysis."),
        "no_answer" => UiText.Of("Retry, and choose what you meant."),
        "query_timeout" or "query_too_large" => UiText.Of("Ask for less at a time: name a column to group by, or narrow it down with “where … is …”."),
        "query_failed" or "unsafe_query" => UiText.Of("Ask in other words, naming columns of the table."),
        _ => UiText.Of("Retry once that is put right."),
    };

    // The title of a job is cut where it is long; the input has all of it.
    private async Task<string?> ReadQuestionAsync()
    {
        try
        {
            if (await Jobs.ReadInputAsync(JobId, Caller.Owner, Gone) is not { } input)
                return null;
            using var document = JsonDocument.Parse(input);
            return document.RootElement.TryGetProperty("question", out var question) ? question.GetString() : null;
        }
        catch (Exception failure) when (failure is StorageUnavailableException or OperationCanceledException)
        {
            return null;
        }
    }

    private Task CancelAsync() => TryAsync(async () => await Jobs.CancelAsync(JobId, Caller.Owner, CancellationToken.None));

    // The new job has the session's tag, and so appears at the end of the conversation.
    private Task RetryAsync() => TryAsync(async () =>
    {
        Allowance.Require(Caller.Owner);
        if (await Jobs.RetryAsync(JobId, Caller.Owner, RetryScope.All, CancellationToken.None) is null)
            _problem = UiText.Of("The question is gone; ask it anew.");
    });

    private async Task TryAsync(Func<Task> action)
    {
        if (_busy)
            return;
        _busy = true;
        _problem = null;
        try
        {
            await action();
        }
        catch (Exception refusal) when (refusal is JobConflictException or WorkloadException)
        {
            _problem = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
        finally
        {
            _busy = false;
        }
    }
}
