using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Components.Watching;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>
/// A conversation over a table. Its questions are jobs with its tag, wherever they were asked: the store has those of
/// before, and one watcher on all events of the owner tells of new ones.
/// </summary>
public sealed partial class SessionChat
{
    private const int ShownAtOnce = 20;
    private const int MostShown = 200;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private AnalysisSession? _session;
    private QuestionList? _questions;
    private TailScroller? _scroller;
    private string? _shownId;
    private int _limit = ShownAtOnce;
    private bool _absent;

    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>Whether it is the page, so that its heading is the page's.</summary>
    [Parameter]
    public bool IsPage { get; set; } = true;

    /// <summary>Where to go to close it; null where it can't be.</summary>
    [Parameter]
    public string? CloseAddress { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private OwnerFeeds Feeds { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private ILogger<SessionChat> Logger { get; set; } = null!;

    private string HeadingId => $"session-{Id}";

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shownId == Id)
            return;
        _shownId = Id;
        (_session, _questions, _absent, _limit) = (null, null, false, ShownAtOnce);
        Follow(FollowAsync);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (!_absent)
        {
            try
            {
                await WatchAsync(cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(Logger, failure);
                await Task.Delay(RetryDelay, Time, cancellationToken);
            }
        }
    }

    // What the list has already of what happened meanwhile is not added again.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (!await ReadSessionAsync(cancellationToken))
            return;
        var questions = new QuestionList(_session!.Tag, _limit);
        await OwnerEvents.FollowAsync(
            Feeds, Caller.Owner,
            async token =>
            {
                questions.Reset(await Jobs.ListAsync(
                    new JobQuery { Owner = Caller.Owner, Kind = QuestionList.Kind, Tag = _session.Tag, Limit = _limit }, token));
                _questions = questions;
                Changed();
            },
            (frame, token) => ApplyAsync(questions, frame, token), static _ => ValueTask.CompletedTask, cancellationToken);
    }

    private async ValueTask ApplyAsync(QuestionList questions, EventFrame frame, CancellationToken cancellationToken)
    {
        var (changed, ended) = questions.Apply(frame);
        if (ended) // its first question has had the table read, and any may have settled what a word means
            await ReadSessionAsync(cancellationToken);
        if (changed)
            Changed();
    }

    private async Task<bool> ReadSessionAsync(CancellationToken cancellationToken)
    {
        if (await Sessions.FindAsync(Caller.Owner, Id, cancellationToken) is { } session)
        {
            _session = session;
            return true;
        }

        // One that was deleted while it is shown stays; what it is asked then is refused with the reason.
        _absent = _session is null;
        Changed();
        return !_absent;
    }

    private async Task ReadAgainAsync()
    {
        if (await ReadSessionAsync(CancellationToken.None))
            Changed();
    }

    private void ShowEarlier()
    {
        _limit = Math.Min(MostShown, _limit + ShownAtOnce);
        Follow(FollowAsync);
    }

    private async Task AskExampleAsync(string question) => await AskAsync(question, null);

    private async Task<string?> AskAsync(string question, string? key)
    {
        try
        {
            Allowance.Require(Caller.Owner);
            var input = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["session"] = Id, ["question"] = question });
            await Jobs.SubmitAsync(new JobRequest { Kind = QuestionList.Kind, Input = input, Owner = Caller.Owner, IdempotencyKey = key }, CancellationToken.None);
            if (_questions is { Jobs.Count: 0 } && _session is { } session && session.Name == SessionWords.FirstName(session))
                await NameAfterAsync(session, question);
            if (_scroller is { } scroller)
                await scroller.ToEndAsync();
            return null;
        }
        catch (WorkloadException refusal)
        {
            return refusal.Code == "session_not_found" ? UiText.Of("This session was deleted; begin a new one under Analysis.") : RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            return UiText.Of("The server can't write to its store now; try again in a moment.");
        }
    }

    // As long as it is called as its table is, it is named after its first question.
    private async Task NameAfterAsync(AnalysisSession session, string question)
    {
        var name = SessionWords.NameAfter(question);
        if (name.Length > 0 && await Sessions.RenameAsync(Caller.Owner, session.Id, name, CancellationToken.None))
            await ReadAgainAsync();
    }

    [LoggerMessage(LogLevel.Warning, "A live conversation was interrupted; it starts over in a moment.")]
    private static partial void LogInterrupted(ILogger logger, Exception failure);
}
