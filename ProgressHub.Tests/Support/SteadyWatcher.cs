using System.Globalization;
using System.Net;

namespace ProgressHub.Tests.Support;

/// <summary>
/// Follows one job over server-sent events as a browser's EventSource does: whenever the stream is cut it comes back with
/// the id it saw last, until it is told 204. It keeps every event it was ever shown.
/// </summary>
internal sealed class SteadyWatcher : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SeenEvent> _seen = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Task> _untilUp;
    private readonly HttpClient _client;
    private long _cursor;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SteadyWatcher(ServerProcess server, string jobId)
        : this(new HttpClient { BaseAddress = server.Address, Timeout = Patience.Limit }, jobId, server.UntilUpAsync)
    {
    }

    /// <param name="client">By what it comes, which is its own from here on.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="untilUp">Completes once it is worth asking.</param>
    public SteadyWatcher(HttpClient client, string jobId, Func<Task> untilUp)
    {
        _untilUp = untilUp;
        JobId = jobId;
        _client = client;
        Completion = Task.Run(FollowAsync);
    }

    public string JobId { get; }

    /// <summary>Completes once there is nothing left to see.</summary>
    public Task Completion { get; }

    /// <summary>How often the stream was opened.</summary>
    public int Connections { get; private set; }

    public IReadOnlyList<SeenEvent> Seen
    {
        get
        {
            lock (_gate)
                return [.. _seen];
        }
    }

    /// <summary>Waits until it was shown so many more events, or the job has ended.</summary>
    public async Task MoreAsync(int count)
    {
        var goal = Seen.Count + count;
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_seen.Count >= goal || _seen is [.., { IsDone: true }])
                    return;
                news = _news.Task;
            }

            await (await Task.WhenAny(news, Completion)).Soon();
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        while (true)
        {
            await _untilUp().WaitAsync(_stop.Token);
            try
            {
                var response = await EventStream.AskAsync(
                    _client, $"/api/jobs/{JobId}/events{(_cursor == 0 ? "?after=0" : "")}", _cursor == 0 ? null : $"{_cursor}");
                if (response.StatusCode == HttpStatusCode.NoContent)
                    return;
                await ReadAsync(response);
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException)
            {
                // The server was killed; what was seen stays seen.
            }
        }
    }

    private async Task ReadAsync(HttpResponseMessage response)
    {
        await using var stream = await EventStream.ReadAsync(response);
        Connections++;
        while (await stream.NextAsync() is { } item)
        {
            if (item.EventId is not { } id)
                continue;
            _cursor = long.Parse(id, CultureInfo.InvariantCulture);
            if (item.EventType != "snapshot")
                Add(new SeenEvent(item.Data));
        }
    }

    private void Add(SeenEvent one)
    {
        TaskCompletionSource news;
        lock (_gate)
        {
            _seen.Add(one);
            news = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        news.TrySetResult();
    }
}
