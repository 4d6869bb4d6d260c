using System.Globalization;
using System.Text.Json;
using ProgressHub.Tool.Server;
using ProgressHub.Tool.Terminal;

namespace ProgressHub.Tool.Commands;

/// <summary>
/// A job as it goes: on a terminal its log with a bar below it, elsewhere plain lines. A stream that breaks is taken up
/// again after the last event that was shown.
/// </summary>
internal sealed class TerminalView(ServerApi server, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly BarLine _bar = new(Console.Out, Console.IsOutputRedirected);
    private long _seen;
    private double? _fraction;
    private string _doing = "";
    private int _shown = -1;
    private int? _end;

    /// <summary>Shows it until it ends; 0 where it succeeded, 1 where it failed, 2 where it was canceled.</summary>
    /// <exception cref="ServerRefusal">There is no such job, or it is not ours.</exception>
    public async Task<int> ShowAsync(string jobId, CancellationToken cancellationToken)
    {
        var begun = false;
        while (_end is null)
        {
            try
            {
                if (!begun)
                    _bar.WriteLine((await server.FindAsync(jobId, cancellationToken)).Title ?? jobId);
                begun = true;
                await foreach (var item in server.WatchAsync(jobId, _seen, cancellationToken))
                {
                    if (item.EventType is "snapshot" or "heartbeat")
                        continue;
                    if (JsonSerializer.Deserialize(item.Data, ToolJson.Default.WatchedEvent) is { } happened)
                        Show(item.EventType, happened);
                    _seen = long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : _seen;
                }

                if (_end is null && Ending((await server.FindAsync(jobId, cancellationToken)).State) is { } code)
                    _end = code;
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                if (!begun)
                    throw;
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        return _end.Value;
    }

    public void Dispose() => _bar.Dispose();

    private static int? Ending(string? state) => state switch
    {
        "succeeded" => 0, "failed" => ExitCode.Failed, "canceled" => ExitCode.Canceled, _ => null,
    };

    private void Show(string type, WatchedEvent happened)
    {
        switch (type)
        {
            case "stage":
                _bar.WriteLine($"== {happened.Label ?? happened.Stage}");
                _doing = happened.Label ?? happened.Stage ?? "";
                break;
            case "progress":
                (_fraction, _doing) = (happened.Fraction, happened.Message ?? _doing);
                ShowPlainPercent();
                break;
            case "log":
                _bar.WriteLine(happened.Level is "warning" or "error" ? $"{happened.Level}: {happened.Message}" : happened.Message ?? "");
                break;
            case "partial":
                _bar.WriteLine(happened.Ok == false ? $"piece {happened.Index + 1}: {happened.Error?.Message}" : $"piece {happened.Index + 1} of {happened.Total?.ToString(CultureInfo.InvariantCulture) ?? "?"}");
                break;
            case "inputRequired":
                _bar.WriteLine($"It asks: {happened.Question} (answer on its page)");
                break;
            case "retrying":
                _bar.WriteLine($"It begins again: {happened.Reason}");
                break;
            case "done":
                _fraction = happened.State == "succeeded" ? 1 : _fraction;
                _bar.Draw(_fraction, happened.State ?? "");
                _bar.WriteLine(happened.Error is { } error ? $"{happened.State}: {error.Message} ({error.Code})" : happened.State ?? "");
                _end = Ending(happened.State);
                return;
        }

        _bar.Draw(_fraction, _doing);
    }

    private void ShowPlainPercent()
    {
        var tenth = (int)Math.Floor((_fraction ?? -1) * 10);
        if (!Console.IsOutputRedirected || tenth <= _shown)
            return;
        _shown = tenth;
        _bar.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(_fraction!.Value * 100)} % {_doing}").TrimEnd());
    }
}
