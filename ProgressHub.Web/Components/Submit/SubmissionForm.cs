using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Acting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Webhooks;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>A form that submits a job: what is wrong is told at its field, and the focus goes there.</summary>
public abstract class SubmissionForm : ActionComponent, IAsyncDisposable
{
    private const string FirstProblem = "form [aria-invalid=true]";
    private const int MostDrafts = 16;

    // The field of the job's webhook, which is no property of its input.
    private const string WebhookField = "webhook";

    private Dictionary<string, string> _problems = [];
    private string? _leadTo;
    private JsModule? _focus;
    private JsModule? _drafts;
    private bool _isAttached;
    private string? _draftName;

    /// <summary>What is wrong, by field.</summary>
    protected IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>Whom the job is to tell of itself, as it is filled in.</summary>
    protected WebhookDraft Webhook { get; } = new();

    /// <summary>What is wrong with the webhook's address.</summary>
    protected string? WebhookProblem => Problem(WebhookField);

    [Inject]
    private FormWebhooks Webhooks { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var module in (JsModule?[])[_focus, _drafts])
        {
            if (module is not null)
                await module.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isAttached)
        {
            _isAttached = true;
            _drafts ??= new JsModule(Script, "./ui/drafts.js");
            _draftName = await _drafts.CallAsync<string>("attach");
        }

        if (_leadTo is not { } target || IsBusy)
            return;
        _leadTo = null;
        _focus ??= new JsModule(Script, "./ui/focus.js");
        await _focus.CallAsync<object>("first", target);
    }

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    protected string? Problem(string property) => _problems.GetValueOrDefault(property);

    /// <summary>Says what is wrong with a field; null takes it back.</summary>
    protected void SetProblem(string property, string? problem)
    {
        if (problem is null)
            _problems.Remove(property);
        else
            _problems[property] = problem;
    }

    /// <summary>The form begins anew with its next rendering, as another draft.</summary>
    protected void BeginAgain() => _isAttached = false;

    /// <summary>Where the focus goes after the next rendering: a CSS selector.</summary>
    protected void LeadTo(string selector) => _leadTo = selector;

    /// <summary>Submits where nothing is wrong; else shows what is, and leads there.</summary>
    /// <param name="problems">What is wrong, by field.</param>
    /// <param name="submit">Does it.</param>
    protected Task SubmitAsync(Dictionary<string, string> problems, Func<Task> submit)
    {
        if (IsBusy)
            return Task.CompletedTask;
        Refusal = null;
        _problems = problems;
        if (problems.Count == 0)
            return TryAsync(() => SubmitAndForgetAsync(submit));
        LeadTo(FirstProblem);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Submits a job of the caller's, once: a draft that is sent again, because the server went down before the page heard of the
    /// job, leads to the job of then.
    /// </summary>
    /// <exception cref="WorkloadException">The input is refused, or the caller has submitted too much.</exception>
    protected override async Task<Submission> SubmitAsync(string kind, JsonElement input, string? title = null)
    {
        var (webhook, made) = await WebhookAsync();
        CountSubmission();
        var submission = await SubmitOnceAsync(RequestOf(kind, input, title) with { Webhook = webhook });
        made(submission);
        return submission;
    }

    /// <summary>Whom a job is to tell of itself, checked, and what is to be done once it is submitted.</summary>
    /// <exception cref="WorkloadException">Nothing can be sent there; told at its field.</exception>
    private protected async Task<(WebhookRequest? Request, Action<Submission> Made)> WebhookAsync()
    {
        try
        {
            var request = await Webhooks.RequestAsync(Caller.Owner, Webhook);
            return (request, submission => Webhooks.Made(submission, request));
        }
        catch (InvalidWebhookException refusal)
        {
            throw new WorkloadException(refusal.Code, refusal.Message) { Property = WebhookField };
        }
    }

    private async Task<Submission> SubmitOnceAsync(JobRequest request)
    {
        for (var draft = 1; _draftName is { } name && draft <= MostDrafts; draft++)
        {
            try
            {
                return await Jobs.SubmitAsync(request with { IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"{name}.{draft}") }, CancellationToken.None);
            }
            catch (JobConflictException earlier) when (earlier.Code is "idempotency_key_reused" or "gone")
            {
                // It was changed since it was sent under this key, or what came of it was deleted.
            }
        }

        return await Jobs.SubmitAsync(request, CancellationToken.None);
    }

    // It is kept by the form's address, which is another's once there is a job to go to.
    private async Task SubmitAndForgetAsync(Func<Task> submit)
    {
        var address = new Uri(Navigation.Uri).PathAndQuery;
        await submit();
        if (_drafts is { } drafts)
            await drafts.CallAsync<object>("forget", address);
    }

    // What only shows how it would go is nobody's first choice.
    private const string OnlyForShow = "pseudo";

    /// <summary>The ready engine that comes first and does real work; else any that is ready, else the first.</summary>
    private protected static string? Preferred(IReadOnlyList<EngineStatus> engines) =>
        (engines.FirstOrDefault(engine => engine.Ready && engine.Id != OnlyForShow)
            ?? engines.FirstOrDefault(engine => engine.Ready) ?? (engines.Count > 0 ? engines[0] : null))?.Id;

    /// <inheritdoc/>
    private protected override bool TellAtField(WorkloadException refusal)
    {
        if (refusal.Property is not { } property || (property != WebhookField && !HasField(property)))
            return false;
        SetProblem(property, RefusalTexts.Of(refusal));
        LeadTo(FirstProblem);
        return true;
    }

    /// <summary>Whether the form has a field for a property of its input, at which a problem can be told.</summary>
    private protected virtual bool HasField(string property) => false;
}
