using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using ProgressHub.Core.Uploads;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>
/// Files of one browser tab on their way to the server. It lives as long as the tab's circuit, so that looking at another
/// page meanwhile interrupts nothing. The bytes go straight from the browser to <c>/api/uploads</c>, a few files at a
/// time. All calls come on the circuit's own context.
/// </summary>
public abstract class FileQueue : IDisposable
{
    /// <summary>How many files are listed at most.</summary>
    public const int MaxFiles = 50;

    private const int AtOnce = 2;

    private readonly List<UploadItem> _items = [];
    private readonly JsModule _module;
    private DotNetObjectReference<FileQueue>? _self;

    private protected FileQueue(IJSRuntime script, IOptions<UploadOptions> limits) =>
        (_module, Limits) = (new JsModule(script, "./ui/uploads.js"), limits.Value);

    /// <summary>Something is to be shown anew.</summary>
    public event Action? Changed;

    /// <summary>The files, in the order they were chosen in.</summary>
    public IReadOnlyList<UploadItem> Items => _items;

    /// <summary>Why files that were just chosen are not listed.</summary>
    public string? Notice { get; private set; }

    /// <summary>What the server takes.</summary>
    public UploadOptions Limits { get; }

    /// <summary>Which types are taken, as in <c>accept</c>; null for any.</summary>
    public string? Accept { get; set; }

    /// <summary>The circuit is over; the browser has let go of the script with it.</summary>
    public void Dispose()
    {
        _self?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes an element with a file field, and the form around it, the place to choose and drop files.</summary>
    public async Task AttachAsync(ElementReference zone)
    {
        _self ??= DotNetObjectReference.Create(this);
        await _module.CallAsync<object>("attach", zone, _self);
    }

    /// <summary>The script tells of files that were chosen or dropped.</summary>
    [JSInvokable]
    public void Choose(ChosenFile[] files)
    {
        var room = MaxFiles - _items.Count;
        Notice = files.Length <= room ? null : UiText.Of("At most {0} files are listed; {1} were left out.", MaxFiles, files.Length - Math.Max(0, room));
        foreach (var file in files.Take(Math.Max(0, room)))
        {
            var item = new UploadItem(file);
            if (file.Bytes == 0)
                item.Fail(UiText.Of("The file is empty."));
            else if (file.Bytes > Limits.MaxBytes)
                item.Fail(UiText.Of("The file has {0}; at most {1} are taken (Uploads:MaxBytes).", SizeOf(file.Bytes), SizeOf(Limits.MaxBytes)));
            else if (!AcceptRule.Allows(Accept, file.Name, file.Type))
                item.Fail(UiText.Of("This is not a file of the kind that is taken here; it was not sent."));
            else if (RefusalOf(file) is { } refusal)
                item.Fail(refusal);
            _items.Add(item);
        }

        Changed?.Invoke();
    }

    /// <summary>Breaks a file off.</summary>
    public async Task CancelAsync(UploadItem item)
    {
        if (item.IsUnderWay)
            item.State = UploadState.Canceled;
        Changed?.Invoke();
        await CanceledAsync(item);
        await _module.CallAsync<object>("abort", item.File.Key);
        await GoOnAsync();
    }

    /// <summary>Takes a file that is not under way off the list. What it was sent for stays.</summary>
    public async Task RemoveAsync(UploadItem item)
    {
        if (item.IsUnderWay || !_items.Remove(item))
            return;
        Notice = null;
        Changed?.Invoke();
        await _module.CallAsync<object>("forget", item.File.Key);
    }

    /// <summary>The script has begun an upload. It may say so again.</summary>
    /// <returns>Whether to send the bytes.</returns>
    [JSInvokable]
    public async Task<bool> Begun(string key, string file)
    {
        if (Find(key) is not { } item)
            return false;
        if (item.State == UploadState.Starting)
            await BegunAsync(item, file);
        Changed?.Invoke();
        return item.State == UploadState.Sending;
    }

    /// <summary>The script tells how far it is.</summary>
    [JSInvokable]
    public void Progress(string key, long sent)
    {
        if (Find(key) is { State: UploadState.Sending } item)
            item.Sent = Math.Clamp(sent, 0, item.File.Bytes);
        Changed?.Invoke();
    }

    /// <summary>The script has sent all of a file.</summary>
    [JSInvokable]
    public Task Sent(string key)
    {
        if (Find(key) is { State: UploadState.Sending } item)
            (item.State, item.Sent) = (UploadState.Sent, item.File.Bytes);
        return GoOnAsync();
    }

    /// <summary>The script could not send a file.</summary>
    [JSInvokable]
    public Task Broken(string key, string problem)
    {
        if (Find(key) is { IsUnderWay: true } item)
            item.Fail(problem);
        return GoOnAsync();
    }

    /// <summary>A size in words.</summary>
    internal static string SizeOf(long bytes) => bytes switch
    {
        < 1024 => UiText.Of("{0} bytes", bytes),
        < 100 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.#} MB"),
    };

    /// <summary>Why a file is not taken; null where it is.</summary>
    private protected virtual string? RefusalOf(ChosenFile file) => null;

    /// <summary>An upload has its id; where its bytes are to be sent, the item is <see cref="UploadState.Sending"/> afterwards.</summary>
    private protected abstract Task BegunAsync(UploadItem item, string file);

    /// <summary>A person broke a file off.</summary>
    private protected virtual Task CanceledAsync(UploadItem item) => Task.CompletedTask;

    /// <summary>No file is under way any more.</summary>
    private protected virtual Task SettledAsync() => Task.CompletedTask;

    /// <summary>Puts every file that is chosen in the line of those to send.</summary>
    private protected async Task QueueAsync(Action<UploadItem> prepare)
    {
        Notice = null;
        foreach (var item in _items.Where(i => i.State == UploadState.Chosen))
        {
            prepare(item);
            item.State = UploadState.Waiting;
        }

        await GoOnAsync();
    }

    private protected void Show() => Changed?.Invoke();

    private UploadItem? Find(string key) => _items.Find(item => item.File.Key == key);

    private async Task GoOnAsync()
    {
        var under = _items.Count(i => i.State is UploadState.Starting or UploadState.Sending);
        foreach (var item in _items.Where(i => i.State == UploadState.Waiting).Take(AtOnce - under).ToList())
        {
            item.State = UploadState.Starting;
            await _module.CallAsync<object>("start", item.File.Key, _self);
        }

        if (!_items.Exists(i => i.IsUnderWay))
            await SettledAsync();
        Changed?.Invoke();
    }
}
