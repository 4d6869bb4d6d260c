using System.Runtime.CompilerServices;
using System.Text.Json;
using ProgressHub.Client.Http;

namespace ProgressHub.Client.Watching;

/// <summary>
/// Follows a job to its end: keeps one connection, resumes by cursor, backs off, and goes from source to source.
/// </summary>
internal sealed class JobFollower(HubHttp http, string jobId, WatchOptions options)
{
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollTerm = TimeSpan.FromMinutes(2);

    private readonly WatchLedger _ledger = new(jobId, options.After);
    private readonly WatchRotation _rotation = new(Sources(http, options.Transports));

    public async IAsyncEnumerable<JobUpdate> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!_ledger.IsFinished)
        {
            var connection = new Connection(http.Time.GetTimestamp(), _ledger.News);
            var source = _rotation.Present;
            var term = _rotation.IsFallback ? PollTerm : (TimeSpan?)null;
            var messages = source.ConnectAsync(new WatchTarget(jobId, _ledger, options.Silence, term), cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            await using (messages.ConfigureAwait(false))
            {
                while (!_ledger.IsFinished && await connection.NextAsync(messages, cancellationToken).ConfigureAwait(false))
                {
                    if (connection.Opens())
                        options.OnConnection?.Invoke(new WatchConnection(true, source.Transport));
                    if (connection.Take(_ledger, messages.Current) is { } update)
                        yield return update;
                    if (connection.Error is not null)
                        break;
                }
            }

            if (!_ledger.IsFinished)
                await PauseAsync(source, connection, cancellationToken).ConfigureAwait(false);
        }
    }

    private static List<IWatchSource> Sources(HubHttp http, IReadOnlyList<WatchTransport> wanted)
    {
        List<IWatchSource> sources =
        [
            // A WebSocket can't go through a handler of the caller's.
            .. wanted.Where(w => w != WatchTransport.SignalR || http.Options.Handler is null).Select(IWatchSource (w) => w switch
            {
                WatchTransport.SignalR => new HubSource(http),
                WatchTransport.ServerSentEvents => new SseSource(http),
                WatchTransport.Polling => new PollSource(http),
                _ => throw new ArgumentException($"{w} is no transport.", nameof(wanted)),
            }),
        ];
        return sources.Count > 0
            ? sources
            : throw new ArgumentException("Name at least one transport that can be used here.", nameof(wanted));
    }

    private async Task PauseAsync(IWatchSource source, Connection connection, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var endedTerm = _rotation.IsFallback && connection.Error is null && source.Transport == WatchTransport.Polling;
        var steady = connection.IsOpen && http.Time.GetElapsedTime(connection.Begun) >= Steady;
        _rotation.Next(_ledger.News > connection.News || steady, endedTerm);
        var wait = endedTerm ? TimeSpan.Zero
            : connection.ReconnectIn is { } asked && connection.Error is null ? asked
            : Backoff.After(connection.Error, _rotation.Failures);
        options.OnConnection?.Invoke(new WatchConnection(false, _rotation.Present.Transport, wait, connection.Error));
        await Task.Delay(wait, http.Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One connection and what became of it.</summary>
    private sealed class Connection(long begun, long news)
    {
        public long Begun => begun;

        public long News => news;

        public bool IsOpen { get; private set; }

        public TimeSpan? ReconnectIn { get; private set; }

        public ProgressHubException? Error { get; private set; }

        public async ValueTask<bool> NextAsync(IAsyncEnumerator<WatchMessage> messages, CancellationToken cancellationToken)
        {
            try
            {
                return await messages.MoveNextAsync().ConfigureAwait(false);
            }
            catch (ProgressHubException failure) when (!failure.IsFinal && !cancellationToken.IsCancellationRequested)
            {
                Error = failure;
                return false;
            }
        }

        /// <summary>True once.</summary>
        public bool Opens() => !IsOpen && (IsOpen = true);

        public JobUpdate? Take(WatchLedger ledger, WatchMessage message)
        {
            ReconnectIn = message.ReconnectIn;
            try
            {
                return ledger.Take(message);
            }
            catch (JsonException failure)
            {
                Error = new ProgressHubException("invalid_answer", "The server sent what is no event.", failure);
            }
            catch (ProgressHubException gap)
            {
                Error = gap;
            }

            return null;
        }
    }
}
