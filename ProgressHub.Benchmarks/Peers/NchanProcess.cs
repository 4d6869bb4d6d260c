using System.Diagnostics;
using System.Globalization;
using ProgressHub.Benchmarks.Load;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>
/// nginx with Nchan, in the manner of its documentation: a location to publish to and one to subscribe at, messages kept
/// in memory, one worker, so that its processor time and memory are those of one process.
/// </summary>
internal sealed class NchanProcess : IPeer
{
    // Where its packages are unpacked, if not into the system.
    private static readonly string Root = Environment.GetEnvironmentVariable("NCHAN_ROOT") ?? "/";
    private static readonly string Module = Path.Combine(Root, "usr/lib/nginx/modules/ngx_nchan_module.so");
    private static readonly string Nginx = Path.Combine(Root, "usr/sbin/nginx");
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-nchan-").FullName;
    private readonly SocketPublisher _publisher = new();
    private Process? _master;
    private int _worker;

    /// <summary>Whether it is installed (Debian: nginx and libnginx-mod-nchan).</summary>
    public static bool IsInstalled => File.Exists(Module) && File.Exists(Nginx);

    public int Port { get; private set; }

    public string JobId => "job";

    public static async Task<IPeer> StartAsync()
    {
        var nchan = new NchanProcess { Port = PeerProcess.FreePort() };
        var configuration = Path.Combine(nchan._folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, nchan.Configuration());
        nchan._master = Process.Start(new ProcessStartInfo(Nginx)
        {
            ArgumentList = { "-c", configuration, "-p", nchan._folder, "-e", "stderr" }, UseShellExecute = false,
        })!;
        await nchan._publisher.ConnectAsync(nchan.Port);
        nchan._worker = ProcStatus.ChildrenOf(nchan._master.Id).Single();
        return nchan;
    }

    public async Task PublishAsync(int count, int burst, double pauseMs)
    {
        var clock = TimeProvider.System;
        for (var sent = 0; sent < count;)
        {
            var began = clock.GetTimestamp();
            var together = Math.Min(burst, count - sent);
            await _publisher.PublishAsync(Enumerable.Range(sent, together).Select(PeerEvent.Create));
            sent += together;
            var rest = TimeSpan.FromMilliseconds(pauseMs) - clock.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, clock);
        }
    }

    public Task<Gauge> ReadGaugeAsync() => Task.FromResult(new Gauge(ProcStatus.CpuMicroseconds(_worker), double.NaN));

    public Task<Memory> ReadMemoryAsync() => Task.FromResult(new Memory(ProcStatus.ResidentBytes(_worker), double.NaN));

    public async ValueTask DisposeAsync()
    {
        _publisher.Dispose();
        if (_master is { } master)
        {
            // The master takes its worker with it only where it is asked to end, not where it is killed.
            using var stop = Process.Start("kill", master.Id.ToString(CultureInfo.InvariantCulture));
            await master.WaitForExitAsync();
            master.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Configuration() => $$"""
        load_module {{Module}};
        daemon off;
        worker_processes 1;
        pid {{_folder}}/nginx.pid;
        error_log stderr crit;
        events { worker_connections 16384; }
        http {
          access_log off;
          client_body_temp_path {{_folder}}/body;
          proxy_temp_path {{_folder}}/proxy;
          fastcgi_temp_path {{_folder}}/fastcgi;
          uwsgi_temp_path {{_folder}}/uwsgi;
          scgi_temp_path {{_folder}}/scgi;
          keepalive_requests 1000000;
          server {
            listen 127.0.0.1:{{Port}} backlog=8192;
            location = /stream {
              nchan_subscriber eventsource;
              nchan_channel_id job;
              nchan_subscriber_first_message newest;
            }
            location = /replay {
              nchan_subscriber eventsource;
              nchan_channel_id job;
              nchan_subscriber_first_message oldest;
            }
            location = /publish {
              nchan_publisher;
              nchan_channel_id job;
              nchan_message_buffer_length 1024;
            }
          }
        }
        """;
}
