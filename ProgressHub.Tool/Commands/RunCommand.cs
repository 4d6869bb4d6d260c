using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using ProgressHub.Tool.Bars;
using ProgressHub.Tool.Processes;
using ProgressHub.Tool.Reporting;
using ProgressHub.Tool.Server;
using ProgressHub.Tool.Terminal;

namespace ProgressHub.Tool.Commands;

/// <summary><c>progresshub run</c>: a command as it would be without us, and beside it a job that shows it.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RunCommand(RunOptions options, TimeProvider time)
{
    private const int MostTitle = 190;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(1);

    private readonly Spool _spool = new();
    private readonly BarTracker _bars = new();
    private readonly Lock _barsGate = new();
    private bool _isRaw;

    /// <summary>Runs it; the command's exit code, or 69 where the server does not want the job.</summary>
    public async Task<int> RunAsync()
    {
        using var server = new ServerApi(SavedLogin.Find(options.Server));
        var title = options.Title ?? string.Join(' ', options.Command);
        var reporter = new JobReporter(server, _spool, title[..Math.Min(title.Length, MostTitle)], options.HeartbeatSeconds, time);
        if (!await TryBeginAsync(reporter, server))
            return ExitCode.Unavailable;

        var readers = new Dictionary<int, OutputReader> { [1] = Reader(1), [2] = Reader(2), [0] = Reader(0) };
        using var command = RunningCommand.Start(
            NativeText.Last(options.Command), (stream, bytes, count) => readers[stream].Take(bytes.AsSpan(0, count)), time);
        _isRaw = command is { HasKeyboard: true, Error: 0 };
        if (command.Error != 0)
            Say($"{options.Command[0]}: {Marshal.GetPInvokeErrorMessage(command.Error)}");
        using var ended = new CancellationTokenSource();
        var reporting = reporter.RunAsync(() => Say($"{reporter.Page}"), why => Say($"nothing more can be reported: {why}"), ended.Token);
        var stopping = new CommandStopping(command, TimeSpan.FromSeconds(options.GraceSeconds), time);
        using var signals = stopping.Listen();
        var canceling = StopOnCancelAsync(reporter, stopping);

        var code = await command.Ended;
        if (stopping.Begun is { } stop)
            await stop;
        await command.DrainAsync();
        _isRaw = false;
        foreach (var reader in readers.Values)
            reader.End();
        await ended.CancelAsync();
        await reporting;
        await ReportEndAsync(reporter, code);
        return code;
    }

    private async Task StopOnCancelAsync(JobReporter reporter, CommandStopping stopping)
    {
        await reporter.Canceled;
        Say("canceled");
        stopping.Begin(Libc.Interrupt);
    }

    // By hand: Console would set up the terminal for itself. While what is typed goes to the command, a line ends with a return.
    private void Say(string words) => Descriptors.TryWrite(2, Encoding.UTF8.GetBytes($"progresshub: {words}{(_isRaw ? "\r\n" : "\n")}"));

    private async Task<bool> TryBeginAsync(JobReporter reporter, ServerApi server)
    {
        using var patience = new CancellationTokenSource(AnswerLimit, time);
        try
        {
            await reporter.BeginAsync(patience.Token);
            Say($"{reporter.Page}");
        }
        catch (ServerRefusal refusal)
        {
            Say($"no job at {server.Address}: {refusal.Message}");
            return false;
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            Say($"{server.Address} is away; the command runs, and is shown once it is back");
        }

        return true;
    }

    private async Task ReportEndAsync(JobReporter reporter, int code)
    {
        using var patience = new CancellationTokenSource(EndLimit, time);
        if (await reporter.EndAsync(code, () => Say($"{reporter.Page}"), patience.Token) is { } reason)
            Say($"the end could not be reported: {reason}");
    }

    private OutputReader Reader(int stream) => new(new ScreenRows(line => _spool.Add(line), (text, redrawn, row) =>
    {
        lock (_barsGate)
        {
            if (_bars.Take(text, redrawn, (stream * 1000) + row) is { } reading)
                _spool.Set(reading);
        }
    }));
}
