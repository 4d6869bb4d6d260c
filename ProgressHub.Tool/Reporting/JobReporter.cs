using System.Net;
using System.Text.Json;
using ProgressHub.Tool.Server;

namespace ProgressHub.Tool.Reporting;

/// <summary>
/// Makes a job of a command and reports on it from the side: the command never waits for the server. What the server did
/// not answer is sent again, under its number, until it does.
/// </summary>
internal sealed class JobReporter(ServerApi server, Spool spool, string title, int heartbeatSeconds, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _key = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _canceled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobOnServer? _job;
    private Update? _pending;
    private bool _isOver;

    /// <summary>Completes once somebody has canceled the job.</summary>
    public Task Canceled => _canceled.Task;

    /// <summary>Where the job is to be seen; null while the server is away.</summary>
    public Uri? Page => _job is { } job ? server.PageOf(job.JobId) : null;

    /// <summary>Makes the job; asked again, it is the same.</summary>
    /// <exception cref="ServerRefusal">The server does not want it.</exception>
    /// <exception cref="HttpRequestException">The server is away.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken) => _job ??= await server.SubmitAsync(
        new JobToSubmit("external", title, JsonSerializer.SerializeToElement(new ReportedInput(heartbeatSeconds), ToolJson.Default.ReportedInput)),
        _key, cancellationToken);

    /// <summary>Reports until it is told to stop; then what is left is the end's.</summary>
    /// <param name="begun">Called once the job is made, where it was not yet.</param>
    /// <param name="failed">Told why nothing can be reported any more.</param>
    /// <param name="stop">The command has ended.</param>
    public async Task RunAsync(Action begun, Action<string> failed, CancellationToken stop)
    {
        var told = time.GetTimestamp();
        while (!stop.IsCancellationRequested && !_isOver)
        {
            try
            {
                if (_job is null)
                {
                    await BeginAsync(stop);
                    begun();
                }

                if (_pending is not null || !spool.IsEmpty || time.GetElapsedTime(told) >= Pulse)
                {
                    await TellAsync(stop);
                    told = time.GetTimestamp();
                }

                await Task.Delay(Pace, time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (ServerRefusal refusal)
            {
                _isOver = true;
                failed(refusal.Message);
            }
            catch (HttpRequestException)
            {
                await Task.WhenAny(Task.Delay(Pause, time, stop));
            }
        }
    }

    /// <summary>Reports what is left, and the end.</summary>
    /// <param name="exitCode">The command's.</param>
    /// <param name="begun">Called once the job is made, where it was not yet.</param>
    /// <param name="cancellationToken">When to give up.</param>
    /// <returns>Why it could not be reported; null where it was.</returns>
    public async Task<string?> EndAsync(int exitCode, Action begun, CancellationToken cancellationToken)
    {
        var reason = "the server is away";
        while (!cancellationToken.IsCancellationRequested && !_isOver)
        {
            try
            {
                if (_job is null)
                {
                    await BeginAsync(cancellationToken);
                    begun();
                }

                while (!_isOver && (_pending is not null || !spool.IsEmpty))
                    await TellAsync(cancellationToken);
                if (!_isOver)
                    await FinishAsync(exitCode, cancellationToken);
                return null;
            }
            catch (ServerRefusal refusal)
            {
                return refusal.Code == "job_finished" ? null : refusal.Message;
            }
            catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
            {
                reason = away is HttpRequestException ? away.Message : reason;
                await Task.WhenAny(Task.Delay(Pause, time, cancellationToken));
            }
        }

        return _isOver ? null : reason;
    }

    private Task<Answer> FinishAsync(int exitCode, CancellationToken cancellationToken) => exitCode == 0
        ? server.CompleteAsync(_job!.JobId, _job.WriteToken!, cancellationToken)
        : server.FailAsync(
            _job!.JobId, _job.WriteToken!, new Failure($"exit_{exitCode}", $"The command ended with exit code {exitCode}."), cancellationToken);

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        _pending ??= spool.Take();
        try
        {
            var answer = await server.UpdateAsync(_job!.JobId, _job.WriteToken!, _pending, cancellationToken);
            _pending = null;
            if (answer.CancelRequested)
                Cancel();
        }
        catch (ServerRefusal refusal) when (refusal.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge)
        {
            // These lines it won't have, now or later; the next ones it may.
            _pending = null;
            spool.Add($"Lines are missing here: {refusal.Message}", "warning");
        }
    }

    private void Cancel()
    {
        _isOver = true;
        _canceled.TrySetResult();
    }
}
