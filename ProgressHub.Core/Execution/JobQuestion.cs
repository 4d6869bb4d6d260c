using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Execution;

/// <summary>The question a job waits with, one at a time.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore is only ever awaited; it holds no handle.")]
internal sealed class JobQuestion(EventWriter writer, JobProgress progress, TimeProvider time)
{
    private const int MaxAnswer = 10_000;
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(30);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _asked = [];
    private Pending? _pending;

    public async Task<string?> AskAsync(
        string question, IReadOnlyList<string>? options, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, MaxTimeout);
        await _one.WaitAsync(cancellationToken);
        try
        {
            var pending = new Pending(RequestId(question, options), options);
            lock (_gate)
                _pending = pending;
            progress.Append(
                new InputRequiredEvent(pending.RequestId, EventText.Line(question), options, time.GetUtcNow() + timeout),
                static job => job.State == JobState.Running ? job.WaitForInput() : job);
            return await WaitAsync(pending, timeout, cancellationToken);
        }
        finally
        {
            lock (_gate)
                _pending = null;
            _one.Release();
        }
    }

    public async Task AnswerAsync(string requestId, string answer)
    {
        if (answer.Length > MaxAnswer)
            throw new JobConflictException("invalid_answer", $"An answer has at most {MaxAnswer} characters.");
        lock (_gate)
        {
            if (_pending is null)
                throw new JobConflictException("no_pending_input", "The job asks nothing now.");
            if (_pending.RequestId != requestId)
                throw new JobConflictException("wrong_request", $"The job waits for an answer to '{_pending.RequestId}'.");
            if (_pending.Options is { } options && !options.Contains(answer))
                throw new JobConflictException("invalid_answer", $"The answer is one of: {string.Join(", ", options)}.");
            if (_pending.Received)
                throw new JobConflictException("no_pending_input", "The question has been answered.");
            if (!Receive(_pending, answer))
                throw new JobConflictException("no_pending_input", "The job has ended.");
        }

        await writer.FlushAsync();
    }

    /// <summary>
    /// The same for the same question of the same job, also where it is asked once more after a restart: who has begun to
    /// answer it may finish.
    /// </summary>
    private string RequestId(string question, IReadOnlyList<string>? options)
    {
        var asked = string.Join('\n', [writer.Job.Id.ToString(), question, .. options ?? []]);
        var times = _asked[asked] = _asked.GetValueOrDefault(asked) + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{times}\n{asked}"))))[..8];
    }

    private async Task<string?> WaitAsync(Pending pending, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await pending.Answer.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                // The answer may have come at the last moment; then it counts.
                if (!pending.Received)
                    Receive(pending, null);
            }

            return await pending.Answer.Task;
        }
    }

    private bool Receive(Pending pending, string? answer)
    {
        pending.Received = true;
        var taken = progress.Append(
            new InputReceivedEvent(pending.RequestId, answer),
            static job => job.State == JobState.WaitingForInput ? job.Resume() : job);
        pending.Answer.TrySetResult(answer);
        return taken;
    }

    private sealed class Pending(string requestId, IReadOnlyList<string>? options)
    {
        public string RequestId { get; } = requestId;

        public IReadOnlyList<string>? Options { get; } = options;

        public TaskCompletionSource<string?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Received { get; set; }
    }
}
