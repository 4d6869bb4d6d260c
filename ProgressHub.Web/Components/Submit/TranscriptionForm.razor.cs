using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.Components.Webhooks;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Sends audio and video files, each to a transcription of its own, and shows what becomes of them.</summary>
public sealed partial class TranscriptionForm : IAsyncDisposable
{
    private const string Kind = "transcription";

    private readonly TranscriptionDraft _draft = new();
    private readonly WebhookDraft _webhook = new();
    private IReadOnlyList<EngineStatus> _engines = [];
    private Dictionary<string, string> _problems = [];
    private bool _leadToProblem;
    private JsModule? _focus;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private UploadQueue Queue { get; set; } = null!;

    [Inject]
    private FormWebhooks Webhooks { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private EngineStatus? Engine => _engines.FirstOrDefault(engine => engine.Id == _draft.Engine);

    private int Chosen => Queue.Items.Count(item => item.State == UploadState.Chosen);

    private string Action => Chosen switch
    {
        0 => UiText.Of("Transcribe"),
        1 => UiText.Of("Transcribe 1 file"),
        var files => UiText.Of("Transcribe {0} files", files),
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Queue.Changed -= OnChanged;
        return _focus?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Queue.Changed += OnChanged;
        await AskEnginesAsync();
        _draft.Engine = (_engines.FirstOrDefault(engine => engine.Ready) ?? (_engines.Count > 0 ? _engines[0] : null))?.Id;
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

    private string? Problem(string property) => _problems.GetValueOrDefault(property);

    private void OnChanged()
    {
        if (Chosen > 0)
            _problems.Remove("file");
        StateHasChanged();
    }

    private async Task AskEnginesAsync()
    {
        if (Workloads.Find(Kind) is { } transcription)
            _engines = await transcription.GetEnginesAsync(CancellationToken.None);
    }

    private async Task SubmitAsync()
    {
        _problems = _draft.Check(Engine, Chosen > 0);
        var webhook = await ReadWebhookAsync();
        _leadToProblem = _problems.Count > 0;

        // What is filled in later is for later files.
        var order = _draft with { };
        if (!_leadToProblem)
            await Queue.StartAsync(Kind, order.ToInput, webhook, submission => Webhooks.Made(submission, webhook));
    }

    private async Task<WebhookRequest?> ReadWebhookAsync()
    {
        try
        {
            return await Webhooks.RequestAsync(Caller.Owner, _webhook);
        }
        catch (InvalidWebhookException refusal)
        {
            _problems["webhook"] = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _problems["webhook"] = UiText.Of("The server can't write to its store now; try again in a moment.");
        }

        return null;
    }
}
