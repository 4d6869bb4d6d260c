using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.External;

/// <summary>
/// One attempt of one external job: applies what its program reports, in order, and watches the clock. The number of an
/// update is on disk with what it changed, so that an update sent again is never applied twice, whatever crashed.
/// </summary>
internal sealed class ExternalRun(WorkloadContext context, ExternalInput input, ExternalSession session)
{
    private readonly TimeProvider _time = context.Time;
    private long? _number = context.Resumed.Report;
    private ProgressUpdate _progress;
    private string? _message;
    private long _heardAt;
    private bool _stalled;

    public async Task<WorkloadOutcome> RunAsync()
    {
        _heardAt = _time.GetTimestamp();
        await ResumeAsync();
        while (true)
        {
            if (session.Inbox.TryRead(out var report))
            {
                if (await TakeAsync(report) is { } outcome)
                    return outcome;
            }
            else if (!await WaitAsync(Patience()))
            {
                await NoticeSilenceAsync();
            }
        }
    }

    /// <summary>After a restart the program goes on as if nothing had been, so what it said before still holds.</summary>
    private async Task ResumeAsync()
    {
        var resumed = context.Resumed;
        var stages = input.Plan.Stages;
        var stage = resumed.Stage is { } name ? stages.Select(s => s.Name).ToList().IndexOf(name) : -1;
        if (stage < 0)
        {
            await context.BeginStageAsync(stages[0].Name);
            return;
        }

        _message = stages[stage].Label;
        var share = (resumed.Fraction - input.Plan.FractionAt(stage, 0)) / stages[stage].Weight;
        _progress = share > 0 ? new ProgressUpdate { Fraction = share } : default;
        await context.ApplyAsync(
            [new WorkloadUpdate { Stage = stages[stage].Name, Progress = _progress with { Message = _message } }]);
    }

    private async Task<WorkloadOutcome?> TakeAsync(ExternalReport report)
    {
        try
        {
            _heardAt = _time.GetTimestamp();
            session.HeardAt = _time.GetUtcNow();
            var seq = await ApplyAsync(report.Updates);
            report.Answer(new ExternalAnswer(seq, _number, CancelRequested: false, JobState.Running));
        }
        catch
        {
            report.Answer(null);
            throw;
        }

        return report.End switch
        {
            ExternalEnd.Completed completed => new WorkloadOutcome(completed.Result),
            ExternalEnd.Failed failed => throw new WorkloadException(failed.Code, failed.Message),
            _ => null,
        };
    }

    private Task<long> ApplyAsync(IReadOnlyList<WorkloadUpdate> reported)
    {
        List<WorkloadUpdate> updates = [];
        if (_stalled)
        {
            _stalled = false;
            updates.Add(new WorkloadUpdate
            {
                Progress = _progress with { Message = _message ?? "The program reports again" },
                Log = [new WorkloadLine(JobLogLevel.Info, "The program reports again")],
            });
        }

        foreach (var update in reported)
        {
            if (update.Number <= _number)
                continue;
            _number = update.Number ?? _number;
            if (update.Stage is not null)
                (_progress, _message) = (default, input.Plan.Stages.First(s => s.Name == update.Stage).Label);
            updates.Add(update.Progress is { } progress ? update with { Progress = Note(progress) } : update);
        }

        return context.ApplyAsync(updates);
    }

    /// <summary>News of the message alone leaves the numbers as they are.</summary>
    private ProgressUpdate Note(ProgressUpdate reported)
    {
        _progress = reported is { Fraction: null, Current: null, Total: null }
            ? _progress with { Message = reported.Message }
            : reported;
        _message = reported.Message ?? _message;
        return _progress;
    }

    private TimeSpan Patience()
    {
        var left = (_stalled ? input.FailAfter : input.Heartbeat) - _time.GetElapsedTime(_heardAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>True once there is something to read, false once the patience is over.</summary>
    private async Task<bool> WaitAsync(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.CancellationToken);
        try
        {
            return await session.Inbox.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task NoticeSilenceAsync()
    {
        if (_stalled)
            throw new WorkloadException("stalled", $"No word from the program for {Words(input.FailAfter)}.");

        _stalled = true;
        var message = $"No word from the program for {Words(input.Heartbeat)}";
        await context.ApplyAsync([new WorkloadUpdate
        {
            Progress = _progress with { Message = message, Stalled = true },
            Log = [new WorkloadLine(JobLogLevel.Warning, message)],
        }]);
    }

    private static string Words(TimeSpan silence) =>
        string.Create(CultureInfo.InvariantCulture, $"{silence.TotalSeconds:0} s");
}
