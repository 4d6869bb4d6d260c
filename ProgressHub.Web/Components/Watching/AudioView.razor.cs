using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>
/// A transcription to listen to and to read along: the audio with its waveform, filled as far as it has been heard, and
/// the segments. What follows the sound (the head, the marked segment, seeking) happens in the browser.
/// </summary>
public sealed partial class AudioView : IAsyncDisposable
{
    private const string Waveform = "waveform.json";

    private IReadOnlyList<ResultForm> _forms = [];
    private ElementReference _element;
    private JsModule? _module;
    private IJSObjectReference? _script;
    private AudioFiles? _audio;
    private (JobId, string?, JobState, int) _lookedAt;
    private bool _gone;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>The segments to show, in order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PartialEvent> Items { get; set; } = [];

    /// <summary>Whether there are earlier ones that can be shown.</summary>
    [Parameter]
    public bool CanShowEarlier { get; set; }

    /// <summary>Asks for earlier ones.</summary>
    [Parameter]
    public EventCallback OnShowEarlier { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string Absence => Job switch
    {
        { IsFinal: true } => UiText.Of("There is no audio to play: it was not read."),
        { Stage: "preprocessing" } => UiText.Of("The audio is being read; it plays here in a moment."),
        _ => UiText.Of("The audio plays here once all of it has arrived and was read."),
    };

    private string Counts => Job.Partials switch
    {
        { Total: { } total } partials when !Job.IsFinal => UiText.Of("{0:#,0} of {1:#,0} segments", partials.Ok, total),
        { Ok: 0 } => "",
        { Ok: 1 } => UiText.Of("1 segment"),
        var partials => UiText.Of("{0:#,0} segments", partials.Ok),
    };

    // In seconds; what has succeeded was heard to its end, in silence too.
    private double Heard => Job.State == JobState.Succeeded
        ? double.MaxValue
        : Items.Count == 0 ? 0 : Items.Max(piece => PlayedSegment.Of(piece)?.End ?? 0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _gone = true;
        if (_script is { } script)
        {
            await CallAsync("detach");
            try
            {
                await script.DisposeAsync();
            }
            catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
            {
                // The browser has let go of it already.
            }
        }

        if (_module is { } module)
            await module.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => _forms = Workloads.Find(Job.Kind)?.Descriptor.ResultForms ?? [];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // The files appear with a stage or with the end, never in between.
        var now = (Job.JobId, Job.Stage, Job.State, Job.Attempt);
        if (_audio is not null || _lookedAt == now)
            return;
        _lookedAt = now;
        try
        {
            _audio = AudioFiles.Of(await Jobs.ListFilesAsync(Job.JobId, Caller.Owner, CancellationToken.None) ?? []);
        }
        catch (StorageUnavailableException)
        {
            _lookedAt = default;
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_audio is not { } audio || _gone)
            return;
        if (_module is null)
        {
            _module = new JsModule(Script, "./ui/audio-view.js");
            var folder = $"api/jobs/{Job.JobId}/files/";
            _script = await _module.CallAsync<IJSObjectReference>(
                "attach", _element, folder + Waveform, folder, folder + audio.Uploaded);
        }

        await CallAsync("heard", Heard);
    }

    private async Task CallAsync(string function, params object?[] arguments)
    {
        if (_script is not { } script)
            return;
        try
        {
            await script.InvokeVoidAsync(function, arguments);
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // It is comfort: the text is there without it.
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="Uploaded">The id of the file that was given.</param>
    private sealed record AudioFiles(string Uploaded)
    {
        public static AudioFiles? Of(IReadOnlyList<Core.Uploads.JobFile> files) =>
            files.Any(f => f is { Derived: true, File: { IsComplete: true, Name: Waveform } })
            && files.FirstOrDefault(f => !f.Derived) is { } given
                ? new AudioFiles(given.File.Id)
                : null;
    }
}

/// <summary>When a segment is said, in seconds.</summary>
internal readonly record struct PlayedSegment(double Start, double End)
{
    /// <summary>Those of a piece; null where it has none.</summary>
    public static PlayedSegment? Of(PartialEvent piece) =>
        piece is { Data: { ValueKind: JsonValueKind.Object } data }
        && data.TryGetProperty("start", out var start) && start.TryGetDouble(out var from)
        && data.TryGetProperty("end", out var end) && end.TryGetDouble(out var to)
            ? new PlayedSegment(from, to)
            : null;
}
