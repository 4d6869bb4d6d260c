using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Logs;

/// <summary>
/// The whole log of a job: any of its lines at once, however many there are. The page holds the rows that are looked at;
/// where each line stands is known from an index that is read once and grows with the job. Scrolling is the script's, which
/// asks for the rows it comes to: a browser makes no element as high as a million rows.
/// </summary>
public sealed partial class LogViewer
{
    private const int FewestColumns = 20;
    private const int TailLines = 120;
    private const int LongLog = 2000; // events; a shorter one is read before one could see its end alone

    private readonly LogIndex _index = new();
    private LogReader _reader = null!;
    private LogWindow _window = null!;
    private LogFinder? _finder;
    private ElementReference _element;
    private DotNetObjectReference<LogViewer>? _self;
    private JsModule? _module;
    private Task _reading = Task.CompletedTask;
    private bool _isRead;
    private string _level = "all";
    private bool _wraps;
    private int? _columns;
    private LogClock _clock;
    private int? _marked;
    private int? _wantedLine;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    /// <summary>The kind of the job.</summary>
    [Parameter]
    public string? Kind { get; set; }

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

    private string CountText => _index.Shown == _index.Count
        ? UiText.Plural(_index.Count, UiText.Key("1 line"), UiText.Key("{0:N0} lines"))
        : UiText.Of("{0:N0} of {1:N0} lines", _index.Shown, _index.Count);

    private string ClockText => _clock switch { LogClock.Elapsed => UiText.Of("Elapsed"), LogClock.Time => UiText.Of("Clock (UTC)"), _ => UiText.Of("No times") };

    /// <summary>The reader has let go of the end, or come back to it.</summary>
    [JSInvokable]
    public void OnFollow(bool follows) => _window.Follows = follows;

    /// <summary>The script has scrolled to rows that the page does not hold.</summary>
    [JSInvokable]
    public async Task OnLook(int first, int count)
    {
        if (_window.IsTail)
            return;
        await TryReadAsync(() => _window.LookAsync(first, count, _columns, Gone));
        StateHasChanged();
    }

    /// <summary>The log is wider or narrower than it was.</summary>
    [JSInvokable]
    public Task OnResized(int columns) =>
        _columns is null || _columns == Math.Max(FewestColumns, columns) ? Task.CompletedTask : WrapAtAsync(columns);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_module is { } module)
        {
            await module.CallAsync<object>("detach", _element);
            await module.DisposeAsync();
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _reader = new LogReader(Jobs, JobId, Caller.Owner, Kind);
        _window = new LogWindow(_index, _reader) { Follows = Line is null };
        _wantedLine = Line;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_reading.IsCompleted && (_reader.ReadTo < Seq || !_isRead))
            _reading = TryReadAsync(ReadOnAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        var module = new JsModule(Script, "./ui/log-viewer.js");
        await module.CallAsync<object>("attach", _element, _self, Line is null);
        _module = module;
        await GoToWantedAsync();
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
        if (_reader.ReadTo == 0 && Line is null && Seq > LongLog)
        {
            _window.ShowTail(await _reader.TailAsync(Seq, TailLines, Gone));
            Changed();
        }

        while (_reader.ReadTo < Seq && !_index.IsFull && await _reader.NextAsync(Gone) is { } lines)
        {
            foreach (var line in lines)
            {
                _index.Add(line);
                _finder?.Look(_index.Count, line);
            }

            Changed();
            await GoToWantedAsync();
        }

        _isRead = true;
        await GoToWantedAsync();
        await RefreshAsync();
    }

    private async Task TryReadAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (StorageUnavailableException)
        {
            // The next event, or the next look, tries again.
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    private async Task RefreshAsync()
    {
        await TryReadAsync(() => _window.RefreshAsync(_columns, Gone));
        StateHasChanged();
    }

    private async Task GoToFoundAsync(int? found)
    {
        if (found is not { } line)
        {
            _marked = null;
            return;
        }

        // What is found is shown, whatever its level.
        if (!_index.IsShown(line))
            await FilterAsync("all");
        await GoToAsync(line);
    }

    private async Task GoToWantedAsync()
    {
        if (_wantedLine is not { } line || _module is null || (line > _index.Count && !_isRead))
            return;
        _wantedLine = null;
        await GoToAsync(Math.Min(line, _index.Count));
    }

    private async Task GoToAsync(int line)
    {
        _marked = line;
        if (_index.RowOf(line) is not { } row)
            return;
        await TryReadAsync(() => _window.LookAroundAsync(row, _columns, Gone));
        StateHasChanged();
        if (_module is { } module)
            await module.CallAsync<object>("show", _element, row);
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
        {
            await WrapAtAsync(await module.CallAsync<int>("columns", _element));
            return;
        }

        _columns = null;
        await ArrangeAsync();
    }

    private Task WrapAtAsync(int columns)
    {
        _columns = Math.Max(FewestColumns, columns);
        return ArrangeAsync();
    }

    // Where one was, one stays: at the end, or at the line that stood on top.
    private async Task ArrangeAsync()
    {
        var top = _window is { Follows: false, IsTail: false } && _module is { } module && _index.Rows > 0
            ? _index.At(Math.Min(await module.CallAsync<int>("topRow", _element), _index.Rows - 1)).Entry.Number
            : (int?)null;
        _index.Arrange(FilterOf(_level), _columns);
        await RefreshAsync();
        if (top is { } line && _index.RowOf(line) is { } row)
            await _module!.CallAsync<object>("toRow", _element, row);
    }

    private void ChangeClock() => _clock = _clock switch { LogClock.Elapsed => LogClock.Time, LogClock.Time => LogClock.None, _ => LogClock.Elapsed };

    private async Task DownloadAsync()
    {
        if (_module is not { } module)
            return;
        await using var text = await LogDownload.WriteAsync(_reader, Seq, Gone);
        using var stream = new DotNetStreamReference(text, leaveOpen: true);
        await module.CallAsync<object>("save", $"{JobId}.log", stream);
    }
}
