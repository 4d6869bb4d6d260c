using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Replay;

/// <summary>Goes to any moment of a job: by dragging, by keys, or by playing it.</summary>
public sealed partial class ReplayBar
{
    // A job of any length is played in some twenty seconds.
    private const int Steps = 200;
    private static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(100);

    private JobReplay? _replay;
    private long? _wanted;
    private bool _isGoing;
    private bool _isPlaying;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    /// <summary>The number of its last event.</summary>
    [Parameter, EditorRequired]
    public long Last { get; set; }

    /// <summary>Another moment is to be shown, or the present again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>The moment that is to be shown; null for the present.</summary>
    internal ReplayMoment? Moment { get; private set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    private long At => _wanted ?? Moment?.View.Snapshot.Seq ?? Last;

    private string Text => Moment is { } moment
        ? L["{0} in, {1} (event {2} of {3})", Durations.Clock(moment.View.Snapshot.ElapsedMs), $"{Clock.ToLocal(moment.At):HH:mm:ss}", moment.View.Snapshot.Seq, Last]
        : L["Now: drag to see the job as it was"];

    private Task GoAsync(string? value)
    {
        _isPlaying = false;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? GoAsync(seq) : Task.CompletedTask;
    }

    // A drag asks for more moments than can be read: while one is, only the last that was asked for is kept.
    private async Task GoAsync(long seq)
    {
        _wanted = Math.Clamp(seq, 1, Last);
        if (_isGoing)
            return;
        _isGoing = true;
        try
        {
            while (_wanted is { } wanted)
            {
                Moment = await (_replay ??= new JobReplay(Jobs, JobId, Caller.Owner)).AtAsync(wanted, Gone) ?? Moment;
                if (_wanted == wanted)
                    _wanted = null;
                await OnChanged.InvokeAsync();
            }
        }
        catch (StorageUnavailableException)
        {
            _wanted = null;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
        finally
        {
            _isGoing = false;
        }
    }

    private Task ToNowAsync()
    {
        (_isPlaying, _wanted, Moment) = (false, null, null);
        return OnChanged.InvokeAsync();
    }

    private async Task PlayAsync()
    {
        _isPlaying = !_isPlaying;
        if (!_isPlaying)
            return;
        var at = Moment is null || At >= Last ? 1 : At;
        try
        {
            while (_isPlaying && at < Last)
            {
                await GoAsync(at);
                at += Math.Max(1, Last / Steps);
                await Task.Delay(StepTime, Time, Gone);
            }

            if (_isPlaying)
                await GoAsync(Last);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }

        _isPlaying = false;
    }
}
