using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProgressHub.Benchmarks.Soak;

/// <summary>
/// A watcher that goes away and comes back, and stops reading for a while, as long as its job runs, and that looks at the
/// number of each event: the next one, once.
/// </summary>
/// <param name="port">The server's.</param>
/// <param name="job">What it watches.</param>
/// <param name="random">What it does when; its own.</param>
internal sealed class CheckedWatcher(int port, SoakJob job, Random random)
{
    private const double GoesAway = 0.004;
    private const double Stalls = 0.002;
    private const string Number = "id: ";
    private const string Snapshot = "event: snapshot";
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(20);
    private readonly StringBuilder _line = new();
    private long _last;
    private bool _isSnapshot;

    /// <summary>Whether it has all that there is.</summary>
    public bool HasAll => job.EndsWith(_last);

    /// <summary>How many events it has seen.</summary>
    public long Seen { get; private set; }

    /// <summary>How often an event was not the next one.</summary>
    public int Wrong { get; private set; }

    /// <summary>How often it has connected.</summary>
    public int Connections { get; private set; }

    /// <summary>How often it has stopped reading.</summary>
    public int Pauses { get; private set; }

    /// <summary>Watches until it has all.</summary>
    public async Task RunAsync()
    {
        var buffer = new byte[8 * 1024];
        while (!HasAll)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Connections++;
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                await socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"GET /api/jobs/{job.Id}/events HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/event-stream\r\nLast-Event-ID: {_last}\r\n\r\n")));
                await WatchAsync(socket, buffer);
            }
            catch (SocketException)
            {
                // The server let go of it, which it may where a watcher does not read; it comes back.
            }

            if (job.IsRunning)
                await Task.Delay(LongestAbsence * random.NextDouble(), TimeProvider.System);
        }
    }

    private async Task WatchAsync(Socket socket, byte[] buffer)
    {
        _line.Clear();
        while (!HasAll && await socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            foreach (var one in buffer.AsSpan(0, count))
                Look(one);
            if (!job.IsRunning)
                continue;
            var chance = random.NextDouble();
            if (chance < GoesAway)
                return;
            if (chance > 1 - Stalls)
            {
                Pauses++;
                await Task.Delay(LongestStall * random.NextDouble(), TimeProvider.System);
            }
        }
    }

    // An event's number is a line of its own, and no line of its data begins like it.
    private void Look(byte one)
    {
        if (one != '\n')
        {
            if (_line.Length < 32)
                _line.Append((char)one);
            return;
        }

        var line = _line.ToString();
        _line.Clear();
        if (line == Snapshot)
            _isSnapshot = true;
        if (!line.StartsWith(Number, StringComparison.Ordinal))
            return;

        // What a stream begins with is no event: it stands where this watcher is.
        var number = long.Parse(line.AsSpan(Number.Length), CultureInfo.InvariantCulture);
        if (number != (_isSnapshot ? _last : _last + 1))
            Wrong++;
        Seen += _isSnapshot ? 0 : 1;
        (_last, _isSnapshot) = (number, false);
    }
}
