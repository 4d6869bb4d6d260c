using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;

namespace ProgressHub.Cluster;

/// <summary>
/// Another node: what is watched there, and what goes there. At most one call of each sort is under way; what comes meanwhile
/// is the next. What would exceed <see cref="MaxWaiting"/> is dropped: that node finds it in the log.
/// </summary>
internal sealed partial class Peer(INodeService service, SiloAddress self, Func<string[]> watchedHere, ILogger logger)
{
    /// <summary>How many bytes of events may wait for a node.</summary>
    public const long MaxWaiting = 4 * 1024 * 1024;

    private readonly Lock _gate = new();

    // From here on: under the lock.
    private HashSet<string> _watchedThere = [];
    private List<RelayedFrames> _frames = [];
    private long _bytes;
    private bool _isSending;
    private List<(string Topic, TaskCompletionSource Told)> _news = [];
    private bool _isTelling;
    private bool _tellsAll = true;
    private bool _isGone;

    /// <summary>What it can be asked.</summary>
    public INodeService Service => service;

    /// <summary>Notes what is watched there.</summary>
    public void Note(IEnumerable<string> topics, bool areAll)
    {
        lock (_gate)
        {
            if (areAll)
                _watchedThere = [.. topics];
            else
                _watchedThere.UnionWith(topics);
        }
    }

    /// <summary>The node is gone: nothing more goes there.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isGone = true;
            (_frames, _bytes) = ([], 0);
            Release(_news);
            _news = [];
        }
    }

    /// <summary>Sends events there if their job is watched there.</summary>
    public void Send(string owner, IReadOnlyList<EventFrame> frames)
    {
        var job = Topic.Of(frames[0].JobId);
        var next = new RelayedFrames(owner, frames);
        lock (_gate)
        {
            if (_isGone || !(_watchedThere.Contains(job) || _watchedThere.Contains(Topic.Of(owner))) || _bytes + next.Bytes > MaxWaiting)
                return;
            _frames.Add(next);
            _bytes += next.Bytes;
            if (_isSending)
                return;
            _isSending = true;
        }

        _ = Task.Run(SendAsync);
    }

    /// <summary>Tells it that something is watched here; completes once it knows, or it turns out that it can't be told.</summary>
    public Task TellAsync(string topic)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isGone)
                return Task.CompletedTask;
            _news.Add((topic, told));
            if (_isTelling)
                return told.Task;
            _isTelling = true;
        }

        _ = Task.Run(TellAllAsync);
        return told.Task;
    }

    /// <summary>Has it told all that is watched here, so that it forgets what is not.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            _tellsAll = true;
            if (_isTelling || _isGone)
                return;
            _isTelling = true;
        }

        _ = Task.Run(TellAllAsync);
    }

    private async Task SendAsync()
    {
        while (true)
        {
            List<RelayedFrames> batch;
            lock (_gate)
            {
                (batch, _frames, _bytes) = (_frames, [], 0);
                if (batch.Count == 0)
                {
                    _isSending = false;
                    return;
                }
            }

            try
            {
                await service.Deliver(RelayBatch.Write(batch));
            }
            catch (Exception failure)
            {
                // The log has it, and membership decides whether that node is still one.
                LogNotDelivered(failure.GetType().Name);
            }
        }
    }

    private async Task TellAllAsync()
    {
        while (true)
        {
            List<(string Topic, TaskCompletionSource Told)> news;
            bool all;
            lock (_gate)
            {
                (news, _news, all) = (_news, [], _tellsAll);
                if ((news.Count == 0 && !all) || _isGone)
                {
                    _isTelling = false;
                    return;
                }

                _tellsAll = false;
            }

            try
            {
                await service.Interest(self, all ? watchedHere() : [.. news.Select(n => n.Topic)], all);
            }
            catch (Exception failure)
            {
                LogNotTold(failure.GetType().Name);
                lock (_gate)
                {
                    // Whoever waited goes on and is caught up with from the log; the next news bring everything along.
                    _isTelling = false;
                    _tellsAll = true;
                    Release(_news);
                    _news = [];
                }

                Release(news);
                return;
            }

            Release(news);
        }
    }

    private static void Release(List<(string Topic, TaskCompletionSource Told)> news) => news.ForEach(static n => n.Told.TrySetResult());

    [LoggerMessage(LogLevel.Debug, "Events did not reach another node ({Failure}); it reads them from the log.")]
    private partial void LogNotDelivered(string failure);

    [LoggerMessage(LogLevel.Debug, "Another node could not be told what is watched here ({Failure}); it is told with the next news.")]
    private partial void LogNotTold(string failure);
}
