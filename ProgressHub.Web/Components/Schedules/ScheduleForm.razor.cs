using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Schedules;

/// <summary>Makes a schedule, or changes one; shows when it would be due as the fields are filled.</summary>
public sealed partial class ScheduleForm : IAsyncDisposable
{
    private const int Previewed = 5;

    private readonly Dictionary<string, string> _problems = [];
    private ScheduleEntry _entry = new();
    private JsModule? _focus;
    private bool _isGone;
    private bool _leadToProblem;

    /// <summary>The schedule to change; null for a new one.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>The job that is to be done again; null for an empty form.</summary>
    [Parameter]
    public JobId? From { get; set; }

    [Inject]
    private ScheduleService Schedules { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string Zone => _entry.Zone ?? Clock.ZoneName;

    private string Usual => ScheduleWords.Usual.Contains(_entry.Cron) ? _entry.Cron : "";

    private IEnumerable<string> Kinds => Workloads.All.Select(workload => workload.Descriptor).Where(workload => !workload.IsRemote)
        .Select(workload => workload.Kind).Union([_entry.Kind]).Where(kind => kind.Length > 0);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _focus?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _entry.Kind = Kinds.FirstOrDefault() ?? "";
        try
        {
            if (Id is not null)
                await FillFromScheduleAsync(Id);
            else if (From is { } job)
                await FillFromJobAsync(job);
        }
        catch (StorageUnavailableException)
        {
            Refusal = UiText.Of("What the earlier job was given can't be read now; reload the page in a moment.");
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await ReadZoneAsync();
        if (!_leadToProblem)
            return;
        _leadToProblem = false;
        _focus ??= new JsModule(Script, "./ui/focus.js");
        await _focus.CallAsync<object>("first", "form [aria-invalid=true]");
    }

    /// <inheritdoc/>
    private protected override bool TellAtField(WorkloadException refusal)
    {
        var field = refusal.Property?.Split('.')[0];
        if (field is not ("name" or "cron" or "at" or "timeZone" or "kind" or "input"))
            return false;
        _problems[field] = RefusalTexts.Of(refusal);
        _leadToProblem = true;
        return true;
    }

    // The frame asks for it too, and does not render this page anew when it knows.
    private async Task ReadZoneAsync()
    {
        await using var reader = new JsModule(Script, "./ui/reader.js");
        Clock.Use(await reader.CallAsync<string>("zone"));
        StateHasChanged();
    }

    private async Task FillFromScheduleAsync(string id)
    {
        var found = await Schedules.FindAsync(id, Caller.Owner, CancellationToken.None);
        _isGone = found is null;
        if (found is not null)
            _entry = ScheduleEntry.Of(found);
    }

    private async Task FillFromJobAsync(JobId id)
    {
        if (await Jobs.FindAsync(id, Caller.Owner, CancellationToken.None) is { } job
            && await Jobs.ReadInputAsync(id, Caller.Owner, CancellationToken.None) is { } input)
        {
            _entry = ScheduleEntry.Of(job, input);
        }
    }

    private string? Problem(string field) => _problems.GetValueOrDefault(field);

    private string? Invalid(string field) => Problem(field) is null ? null : "true";

    private void Choose(string? cron)
    {
        if (!string.IsNullOrEmpty(cron))
            _entry.Cron = cron;
    }

    private (IReadOnlyList<DateTimeOffset> Next, string? Unclear) Preview()
    {
        if (_entry is { IsOnce: true, At: "" })
            return ([], UiText.Of("Choose a date and a time."));
        try
        {
            var next = Schedules.Preview(_entry.Times(Zone), Previewed);
            return (next, next.Count > 0 ? null : UiText.Of("That time is over; choose one that is still to come."));
        }
        catch (WorkloadException refusal)
        {
            return ([], RefusalTexts.Of(refusal));
        }
    }

    // What stands in the form may go on changing while the store is asked.
    private Task SaveAsync() => TryAsync(async () =>
    {
        _problems.Clear();
        var draft = new ScheduleDraft
        {
            Name = _entry.Name, Kind = _entry.Kind, Tags = _entry.Tags, Times = _entry.Times(Zone),
            Input = _entry.ReadInput() ?? throw new WorkloadException("invalid_json", UiText.Of("The JSON is not what is expected.")) { Property = "input" },
            Overlap = _entry.MayOverlap ? ScheduleOverlap.Allow : ScheduleOverlap.Skip,
        };
        CountSubmission();
        if (Id is null)
            await Schedules.CreateAsync(draft, Caller.Owner, CancellationToken.None);
        else if (await Schedules.ChangeAsync(Id, Caller.Owner, present => draft with { IsEnabled = present.IsEnabled || _entry.IsOnce }, CancellationToken.None) is null)
            _isGone = true;
        if (!_isGone)
            Leave("schedules");
    });
}
