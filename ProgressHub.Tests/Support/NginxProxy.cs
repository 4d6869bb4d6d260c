using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A real nginx with <c>deploy/nginx.conf</c> as it is, but for the addresses of the nodes, its own, and the folders that it writes to.
/// </summary>
internal sealed partial class NginxProxy : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-nginx-").FullName;
    private readonly int _port = ServerProcess.FreePort();
    private Process? _process;

    private NginxProxy()
    {
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public static async Task<NginxProxy> StartAsync(IEnumerable<Uri> nodes)
    {
        var proxy = new NginxProxy();
        try
        {
            await proxy.StartProcessAsync(nodes);
            return proxy;
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A client that comes from an address of its own on loopback: nginx chooses the node by the first three numbers of it
    /// (<c>ip_hash</c>).
    /// </summary>
    /// <param name="number">Which, of 250.</param>
    public HttpClient ClientFrom(int number)
    {
        var from = new IPEndPoint(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.{1 + (number % 250)}.1")), 0);
        return new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync }) { BaseAddress = Address, Timeout = Patience.Limit };

        async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(from);
                await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            // Killed, it would leave its workers behind.
            using var stop = Process.Start("kill", [process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().Soon();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartProcessAsync(IEnumerable<Uri> nodes)
    {
        var each = new Queue<Uri>(nodes);
        var text = Node().Replace(Repository.Read("deploy/nginx.conf"), _ => $"server {each.Dequeue().Authority} ");
        Assert.Empty(each);
        text = text.Replace("listen 8080;", $"listen 127.0.0.1:{_port};", StringComparison.Ordinal);
        string[] folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        var own = string.Concat(folders.Select(name => $"{name}_temp_path {_folder}/{name}; "));
        text = text.Replace("http {", $"http {{ access_log off; {own}", StringComparison.Ordinal);
        var file = Path.Combine(_folder, "nginx.conf");
        await File.WriteAllTextAsync(file, text);
        _process = Process.Start(new ProcessStartInfo(Program, ["-e", "stderr", "-c", file, "-g", $"daemon off; pid {_folder}/pid;"]))!;
        await Patience.UntilAsync(
            async () =>
            {
                Assert.False(_process.HasExited, "nginx has ended.");
                using var client = ClientFrom(0);
                try
                {
                    using var answer = await client.GetAsync("/health/ready");
                    return answer.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "nginx answers for a node");
    }

    [GeneratedRegex(@"server node\d+:5080 ")]
    private static partial Regex Node();
}
