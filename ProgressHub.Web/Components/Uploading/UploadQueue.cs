using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>
/// The files of one browser tab on their way to jobs. It lives as long as the tab's circuit, so that looking at a job
/// meanwhile interrupts nothing. The bytes go straight from the browser to <c>/api/uploads</c>, a few files at a time;
/// each has its job before its first byte is sent. All calls come on the circuit's own context.
/// </summary>
internal sealed class UploadQueue(
    JobService jobs, ICaller caller, SubmissionAllowance allowance, IJSRuntime script, IOptions<UploadOptions> limits) : IDisposable
{
    /// <summary>How many files are listed at most.</summary>
    public const int MaxFiles = 50;

    private const int AtOnce = 2;

    private readonly List<UploadItem> _items = [];
    private readonly JsModule _module = new(script, "./ui/uploads.js");
    private DotNetObjectReference<UploadQueue>? _self;

    /// <summary>Something is to be shown anew.</summary>
    public event Action? Changed;

    public IReadOnlyList<UploadItem> Items => _items;

    /// <summary>Why files that were just chosen are not listed.</summary>
    public string? Notice { get; private set; }

    public string? Kind { get; private set; }

    public UploadOptions Limits => limits.Value;

    /// <summary>The circuit is over; the browser has let go of the script with it.</summary>
    public void Dispose() => _self?.Dispose();

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
        Notice = files.Length <= room ? null : $"At most {MaxFiles} files are listed; {files.Length - Math.Max(0, room)} were left out.";
        foreach (var file in files.Take(Math.Max(0, room)))
        {
            var item = new UploadItem(file);
            if (file.Bytes == 0)
                item.Fail("The file is empty.");
            else if (file.Bytes > Limits.MaxBytes)
                item.Fail($"The file has {SizeOf(file.Bytes)}; at most {SizeOf(Limits.MaxBytes)} are taken (Uploads:MaxBytes).");
            _items.Add(item);
        }

        Changed?.Invoke();
    }

    /// <summary>Submits every file that is chosen and not yet submitted.</summary>
    public async Task StartAsync(string kind, Func<string, JsonElement> input)
    {
        Kind = kind;
        Notice = null;
        foreach (var item in _items.Where(i => i.State == UploadState.Chosen))
        {
            item.Input = input;
            item.State = UploadState.Waiting;
        }

        await PumpAsync();
    }

    /// <summary>Breaks a file off, and cancels its job.</summary>
    public async Task CancelAsync(UploadItem item)
    {
        if (item.IsUnderWay)
            item.State = UploadState.Canceled;
        Changed?.Invoke();
        if (item.JobId is { } id)
            await jobs.CancelAsync(id, caller.Owner, CancellationToken.None);
        await _module.CallAsync<object>("abort", item.File.Key);
        await PumpAsync();
    }

    /// <summary>Takes a file that is not under way off the list. Its job stays.</summary>
    public async Task RemoveAsync(UploadItem item)
    {
        if (item.IsUnderWay || !_items.Remove(item))
            return;
        Notice = null;
        Changed?.Invoke();
        await _module.CallAsync<object>("forget", item.File.Key);
    }

    /// <summary>The script has begun an upload. It may ask again; the job is made once.</summary>
    /// <returns>Whether to send the bytes.</returns>
    [JSInvokable]
    public async Task<bool> Begun(string key, string file)
    {
        if (Find(key) is not { } item)
            return false;
        if (item is { State: UploadState.Starting, JobId: null, Input: { } input })
            await SubmitAsync(item, input(file));
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
        return PumpAsync();
    }

    /// <summary>The script could not send a file.</summary>
    [JSInvokable]
    public Task Broken(string key, string problem)
    {
        if (Find(key) is { IsUnderWay: true } item)
            item.Fail(problem);
        return PumpAsync();
    }

    private UploadItem? Find(string key) => _items.Find(item => item.File.Key == key);

    private async Task PumpAsync()
    {
        var under = _items.Count(i => i.State is UploadState.Starting or UploadState.Sending);
        foreach (var item in _items.Where(i => i.State == UploadState.Waiting).Take(AtOnce - under).ToList())
        {
            item.State = UploadState.Starting;
            await _module.CallAsync<object>("start", item.File.Key, _self);
        }

        Changed?.Invoke();
    }

    private async Task SubmitAsync(UploadItem item, JsonElement input)
    {
        try
        {
            allowance.Require(caller.Owner);
            var submission = await jobs.SubmitAsync(
                new JobRequest { Kind = Kind!, Input = input, Owner = caller.Owner, Title = TitleOf(item.File.Name) },
                CancellationToken.None);
            item.JobId = submission.Snapshot.JobId;
            if (item.State == UploadState.Starting)
                item.State = UploadState.Sending;
            else // canceled while it was being submitted
                await jobs.CancelAsync(item.JobId.Value, caller.Owner, CancellationToken.None);
        }
        catch (Exception refusal) when (refusal is WorkloadException or JobConflictException)
        {
            item.Fail(refusal.Message);
        }
        catch (StorageUnavailableException)
        {
            item.Fail("The server can't write to its store now; try again in a moment.");
        }
    }

    private static string TitleOf(string name) => name.Length <= JobService.MaxTitle ? name : name[..JobService.MaxTitle];

    /// <summary>A size in words.</summary>
    internal static string SizeOf(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 100 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.#} MB"),
    };
}
