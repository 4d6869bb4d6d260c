using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Logs;

/// <summary>
/// The whole log of a job: any of its lines at once, however many there are. The page holds the rows that are looked at;
/// where each line stands is known from an index that is read once and grows with the job.
/// </summary>
public sealed partial class LogViewer
{
    /// <summary>How high a row is, in pixels; the style says the same.</summary>
    internal const int RowHeight = 20;

    private const int FewestColumns = 20;
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(250);

    private readonly LogIndex _index = new();
    private LogReader _reader = null!;
    private LogSearch? _search;
    private Virtualize<LogViewRow>? _rows;
    private ElementReference _window;
    private JsModule? _module;
    private Task _reading = Task.CompletedTask;
    private bool _isRead;
    private string _wanted = "";
    private int _typed;
    private string _level = "all";
    private bool _wraps;
    private int? _columns;
    private LogClock _clock;
    private int? _marked;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    /// <summary>The number of the job's last event: how far there is something to read.</summary>
    [Parameter, EditorRequired]
    public long Seq { get; set; }

    /// <summary>The line to open at, from 1; null for the end.</summary>
    [Parameter]
    public int? Line { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private bool HasFound => _search is { Count: > 0 };

    private string? FoundText => _search switch
    {
        null => null,
        { Count: 0 } => "None",
        { } search => string.Create(CultureInfo.InvariantCulture, $"{search.Position:N0} of {search.Count:N0}{(search.Count == LogSearch.MostFound ? "+" : "")}"),
    };

    private string CountText => _index.Shown == _index.Count
        ? string.Create(CultureInfo.InvariantCulture, $"{_index.Count:N0} {(_index.Count == 1 ? "line" : "lines")}")
        : string.Create(CultureInfo.InvariantCulture, $"{_index.Shown:N0} of {_index.Count:N0} lines");

    private string ClockText => _clock switch { LogClock.Elapsed => "Elapsed", LogClock.Time => "Clock (UTC)", _ => "No times" };

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_module is { } module)
            await module.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _reader = new LogReader(Jobs, JobId, Caller.Owner);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_reading.IsCompleted && (_reader.ReadTo < Seq || !_isRead))
            _reading = ReadOnAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/log-viewer.js");
        await _module.CallAsync<object>("attach", _window, Line is null);
        await _reading;
        if (Line is { } line)
            await GoToAsync(line);
    }

    private static string Pressed(bool value) => value ? "true" : "false";

    private static Func<JobLogLevel, bool> FilterOf(string level) => level switch
    {
        "success" => static l => l is not JobLogLevel.Info,
        "warning" => static l => l is JobLogLevel.Warning or JobLogLevel.Error,
        "error" => static l => l is JobLogLevel.Error,
        _ => static _ => true,
    };

    // One at a time; what has come while it read is read before it ends.
    private async Task ReadOnAsync()
    {
        try
        {
            while (_reader.ReadTo < Seq && !_index.IsFull)
            {
                var before = _reader.ReadTo;
                await _reader.ReadOnAsync(Seq, Take, Gone);
                if (_reader.ReadTo == before)
                    break;
            }

            _isRead = true;
            await RefreshAsync();
        }
        catch (StorageUnavailableException)
        {
            // The next event, or the next look, tries again.
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    private void Take(IReadOnlyList<LogEvent> lines)
    {
        foreach (var line in lines)
        {
            _index.Add(line);
            if (_search is { } search && search.ReadTo >= _reader.ReadTo - lines.Count)
                search.Look(_index.Count, line.Message);
        }

        Changed();
    }

    private async ValueTask<ItemsProviderResult<LogViewRow>> ProvideAsync(ItemsProviderRequest request)
    {
        var end = Math.Min(request.StartIndex + request.Count, _index.Rows);
        List<(LogEntry Entry, int FirstRow)> entries = [];
        for (var row = request.StartIndex; row < end;)
        {
            var (entry, first) = _index.At(row);
            entries.Add((entry, first));
            row = first + LogRows.Count(entry.Widths, _columns);
        }

        var lines = await _reader.ReadAsync([.. entries.Select(e => e.Entry.Seq)], request.CancellationToken);
        List<LogViewRow> rows = [];
        foreach (var (entry, first) in entries)
        {
            if (!lines.TryGetValue(entry.Seq, out var line))
                continue;
            var cut = LogRows.Cut(line.Message, _columns);
            for (var i = 0; i < LogRows.Count(entry.Widths, _columns); i++)
            {
                if (first + i >= request.StartIndex && first + i < end)
                    rows.Add(new LogViewRow(first + i, entry.Number, line, i == 0, i < cut.Count ? cut[i] : []));
            }
        }

        return new ItemsProviderResult<LogViewRow>(rows, _index.Rows);
    }

    private async Task RefreshAsync()
    {
        Changed();
        if (_rows is { } rows)
            await rows.RefreshDataAsync();
    }

    private async Task SearchSoonAsync(string? text)
    {
        _wanted = text ?? "";
        var typed = ++_typed;
        await Task.Delay(TypingPause, Time, Gone);
        if (typed == _typed)
            await SearchAsync();
    }

    private async Task SearchAsync()
    {
        if (_wanted.Length == 0)
        {
            _search = null;
            _marked = null;
            await RefreshAsync();
            return;
        }

        var search = new LogSearch(_wanted);
        var number = 0;
        await foreach (var line in _reader.AllAsync(0, _reader.ReadTo, Gone))
        {
            search.Look(++number, line.Message);
            if (_wanted != search.Text)
                return;
        }

        search.ReadTo = _reader.ReadTo;
        search.Begin(_marked ?? 1);
        _search = search;
        await GoToFoundAsync();
    }

    private Task NextAsync() => _search?.Text == _wanted ? StepAsync(1) : Task.CompletedTask;

    private Task StepAsync(int by)
    {
        _search?.Step(by);
        return GoToFoundAsync();
    }

    private async Task GoToFoundAsync()
    {
        if (_search?.Line is not { } line)
            return;

        // What is found is shown, whatever its level.
        if (!_index.IsShown(line))
            await FilterAsync("all");
        await GoToAsync(line);
    }

    private async Task GoToAsync(int line)
    {
        _marked = line;
        await RefreshAsync();
        if (_module is { } module && _index.RowOf(line) is { } row)
            await module.CallAsync<object>("show", _window, row * RowHeight);
    }

    private Task FilterAsync(string? level)
    {
        _level = level ?? "all";
        return ArrangeAsync();
    }

    private async Task WrapAsync()
    {
        _wraps = !_wraps;
        if (_wraps && _module is { } module)
            _columns = Math.Max(FewestColumns, await module.CallAsync<int>("columns", _window));
        else
            _columns = null;
        await ArrangeAsync();
    }

    private Task ArrangeAsync()
    {
        _index.Arrange(FilterOf(_level), _columns);
        return RefreshAsync();
    }

    private void ChangeClock() => _clock = _clock switch { LogClock.Elapsed => LogClock.Time, LogClock.Time => LogClock.None, _ => LogClock.Elapsed };

    private async Task DownloadAsync()
    {
        if (_module is not { } module)
            return;
        await using var text = new MemoryStream();
        await using (var writer = new StreamWriter(text, new UTF8Encoding(false), leaveOpen: true))
        {
            await foreach (var line in _reader.AllAsync(0, Seq, Gone))
            {
                await writer.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Level.ToString().ToUpperInvariant(),-7} {AnsiText.Plain(line.Message)}"));
            }
        }

        text.Position = 0;
        using var stream = new DotNetStreamReference(text, leaveOpen: true);
        await module.CallAsync<object>("save", $"{JobId}.log", stream);
    }
}
