using System.Runtime.CompilerServices;
using ProgressHub.Client.Events;
using ProgressHub.Client.Http;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Watching;

/// <summary>
/// Long polling: works through anything that lets a plain GET through. As a stopgap it ends after its term, so that one
/// bad minute of the network does not leave a program polling for hours.
/// </summary>
internal sealed class PollSource(HubHttp http) : IWatchSource
{
    private const int PageSize = 500;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Floor = TimeSpan.FromSeconds(1);

    public WatchTransport Transport => WatchTransport.Polling;

    public async IAsyncEnumerable<WatchMessage> ConnectAsync(
        WatchTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var begun = http.Time.GetTimestamp();
        var wait = TimeSpan.Zero;
        while (!target.Ledger.IsFinished && !(http.Time.GetElapsedTime(begun) > target.Term))
        {
            var asked = http.Time.GetTimestamp();
            var news = target.Ledger.News;
            var query = wait == TimeSpan.Zero ? "" : string.Create(null, $"?wait={wait.TotalSeconds:0}{target.After('&')}");
            var present = await http.AskAsync(
                HubRequest.Get(target.Path + query) with { Wait = wait }, JobJson.Default.JobSnapshot, cancellationToken).ConfigureAwait(false);
            yield return new WatchMessage(present, IsPresent: true);

            for (var more = present.Seq > target.Ledger.Cursor; more && !target.Ledger.IsFinished;)
            {
                var before = target.Ledger.Cursor;
                var page = await http.AskAsync(
                    HubRequest.Get(string.Create(null, $"{target.Path}/events{target.After('?')}&limit={PageSize}")),
                    EventJson.Default.EventPage, cancellationToken).ConfigureAwait(false);
                foreach (var json in page.Events)
                    yield return new WatchMessage(Event: json);
                more = page.Next is not null && target.Ledger.Cursor > before;
            }

            // A server that does not hold its answers back must not be asked in a tight loop.
            var early = Floor - http.Time.GetElapsedTime(asked);
            if (wait > TimeSpan.Zero && target.Ledger.News == news && early > TimeSpan.Zero)
                await Task.Delay(early, http.Time, cancellationToken).ConfigureAwait(false);
            wait = Hold;
        }
    }
}
