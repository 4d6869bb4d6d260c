using ProgressHub.Client.Http;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Reporting;

/// <summary>
/// A program's own work, shown as a job. Reporting never waits for the network and never throws: updates are numbered,
/// sent in batches and sent again until the server has them on disk, across a crash of either side. End it with
/// <see cref="CompleteAsync"/>; one that is disposed before has failed.
/// </summary>
public sealed class ReportedJob : IProgress<ProgressUpdate>, IAsyncDisposable
{
    private readonly Outbox _outbox;
    private readonly ReportChannel _channel;
    private readonly ReportOptions _options;
    private readonly TimeProvider _time;
    private readonly TicketFile? _file;
    private readonly CancellationTokenSource _canceled = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sender;
    private volatile ProgressHubException? _ended;
    private volatile bool _isOver;

    internal ReportedJob(HubHttp http, StartedReport started, ReportOptions options)
    {
        Ticket = started.Ticket;
        IsResumed = started.IsResumed;
        _file = started.File;
        _options = options;
        _time = http.Time;
        _outbox = new Outbox(options.Capacity);
        _channel = new ReportChannel(http, started.Ticket, started.Number);
        _sender = Task.Run(SendAsync);
    }

    /// <summary>The job.</summary>
    public string JobId => Ticket.JobId;

    /// <summary>What it takes to go on reporting for it, in another process too.</summary>
    public JobTicket Ticket { get; }

    /// <summary>Whether an earlier run of the program has begun this job.</summary>
    public bool IsResumed { get; }

    /// <summary>Canceled when the job was canceled, or has ended otherwise: then stop.</summary>
    public CancellationToken Canceled => _canceled.Token;

    /// <summary>Says how far the present stage is. Never blocks, never throws; of many, the last one counts.</summary>
    public void Report(ProgressUpdate value)
    {
        if (_isOver || value == default)
            return;
        _outbox.TryAdd(new WireUpdate
        {
            Current = NotNegative(value.Current), Total = NotNegative(value.Total), Message = value.Message, Unit = value.Unit,
            Fraction = value.Fraction is { } fraction && double.IsFinite(fraction) ? Math.Clamp(fraction, 0, 1) : null,
        });
    }

    /// <summary>Begins a stage. One that the job has not declared is refused, which <see cref="FlushAsync"/> tells.</summary>
    public void BeginStage(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Add(new WireUpdate { Stage = name });
    }

    /// <summary>Adds a line to the job's log. Never blocks; dropped, and counted, where too many wait already.</summary>
    public void Log(string message, JobLogLevel level = JobLogLevel.Info, int? step = null, int? totalSteps = null) =>
        Add(new WireUpdate { Log = new WireLine(level == JobLogLevel.Unknown ? JobLogLevel.Info : level, message, step, totalSteps) });

    /// <summary>Adds a piece of the result; waits for room, and not for the server.</summary>
    /// <exception cref="ProgressHubException">The job has ended.</exception>
    public async Task PartialAsync(JobPartial partial, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partial);
        var update = new WireUpdate
        {
            Partial = new WirePartial(partial.Index, partial.Total, partial.Text, partial.Data?.Clone(), partial.Error),
        };
        for (var sent = _outbox.UntilSent(); !_outbox.TryAdd(update); sent = _outbox.UntilSent())
        {
            ThrowIfEnded();
            await sent.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        ThrowIfEnded();
    }

    /// <summary>Waits until all that was reported before is on the server's disk.</summary>
    /// <exception cref="ProgressHubException">Some of it was refused, or the job has ended.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        _outbox.Nudge();
        await _outbox.UntilSettledAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfEnded();
        if (_channel.Refusal is { } refusal)
        {
            _channel.Refusal = null;
            throw new ProgressHubException(refusal.Code, refusal.Message, refusal)
            {
                Status = refusal.Status, Property = refusal.Property,
            };
        }
    }

    /// <summary>Ends the job well, after all that was reported; returns once it has ended.</summary>
    /// <exception cref="ProgressHubException">It had ended otherwise, such as canceled.</exception>
    public async Task CompleteAsync(ReportedResult? result = null, CancellationToken cancellationToken = default)
    {
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        var body = new WireComplete(result is null ? null : new WireResult(result.Text, result.Json, result.FileName));
        var answer = await _channel.CompleteAsync(body, cancellationToken).ConfigureAwait(false);
        await EndAsync(answer.State).ConfigureAwait(false);
    }

    /// <summary>Ends the job as failed, after all that was reported; returns once it has ended.</summary>
    /// <param name="code">A stable identifier in snake_case.</param>
    /// <param name="message">What happened, for a person.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FailAsync(string code, string message, CancellationToken cancellationToken = default)
    {
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        var answer = await _channel.FailAsync(new WireFailure(code, message), cancellationToken).ConfigureAwait(false);
        await EndAsync(answer.State).ConfigureAwait(false);
    }

    /// <summary>Ends a job that was not ended as failed with code <c>abandoned</c>, if the server can be reached in time.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isOver)
        {
            using var patience = new CancellationTokenSource(_options.DisposeTimeout, _time);
            try
            {
                await FailAsync("abandoned", "The program ended without saying how it went.", patience.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is ProgressHubException or OperationCanceledException)
            {
                // It has ended, or the server will notice the silence.
            }
        }

        _isOver = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sender.ConfigureAwait(false);
        _stop.Dispose();
        _canceled.Dispose();
    }

    /// <summary>What it is called in a log.</summary>
    public override string ToString() => $"job {JobId}";

    private static double? NotNegative(double? value) => value is { } number && double.IsFinite(number) ? Math.Max(number, 0) : null;

    private void Add(WireUpdate update)
    {
        if (!_isOver)
            _outbox.TryAdd(update);
    }

    private void ThrowIfEnded()
    {
        if (_ended is { } ended)
            throw new ProgressHubException(ended.Code, ended.Message, ended) { Status = ended.Status };
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        _outbox.Nudge();
        await _outbox.UntilSettledAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfEnded();
    }

    private async Task EndAsync(JobState state)
    {
        _isOver = true;
        _file?.Delete();
        if (state == JobState.Canceled)
            await _canceled.CancelAsync().ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        var beat = Min(_options.CancelInterval, _options.Heartbeat / 3);
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await PauseAsync(_outbox.UntilAny, beat).ConfigureAwait(false);
                var answer = await _channel.SendAsync(_outbox.Take(), _stop.Token).ConfigureAwait(false);
                if (answer.CancelRequested)
                    throw new ProgressHubException("canceled", "The job was canceled.");
                _outbox.Settle();
                await PauseAsync(_outbox.UntilUrgent, _options.Interval).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
        catch (Exception ended)
        {
            // Nobody may wait for a sender that is gone.
            await CutAsync(ended as ProgressHubException
                ?? new ProgressHubException("client_failed", "The client could not report.", ended)).ConfigureAwait(false);
        }
    }

    /// <summary>Nothing that is reported from now on counts.</summary>
    private async Task CutAsync(ProgressHubException ended)
    {
        _ended = ended;
        _isOver = true;
        _file?.Delete();
        do
            _outbox.Settle();
        while (_outbox.Take().Count > 0);
        _outbox.Settle();
        try
        {
            await _canceled.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException)
        {
            // What the program does at its cancellation is its own affair.
        }
    }

    private async Task PauseAsync(Func<Task?> news, TimeSpan longest)
    {
        if (news() is not { } changed)
            return;
        try
        {
            await changed.WaitAsync(longest, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A sign of life is due.
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
