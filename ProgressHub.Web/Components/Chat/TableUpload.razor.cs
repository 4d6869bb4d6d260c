using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>
/// Takes a table of the user's own, chosen or dropped: sends it resumably, reads it, and goes to the session over it. What
/// is no table is refused here, before there is a session. All calls of the script come on the circuit's own context.
/// </summary>
public sealed partial class TableUpload : IAsyncDisposable
{
    private static readonly string[] Endings = [".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".parquet"];
    private static readonly string[] Workbooks = [".xls", ".xlsb", ".ods", ".numbers"];

    private ElementReference _zone;
    private JsModule? _module;
    private DotNetObjectReference<TableUpload>? _self;
    private bool _ready; // before the script is there, a chosen file would go nowhere
    private TableUploadState _state;
    private string _key = "";
    private string _name = "";
    private long _bytes;
    private double _share;
    private long _rows;
    private string? _upload;
    private string? _problem;

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private UploadService Uploads { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private long MaxBytes => Math.Min(Sessions.MaxTableBytes, Uploads.MaxBytes);

    private int Percent => (int)(100 * Math.Clamp(_share, 0, 1));

    private string Doing => _state == TableUploadState.Sending
        ? UiText.Of("Sending, {0} %", Percent)
        : _rows > 0 ? UiText.Of("Reading, {0:N0} rows so far", _rows) : UiText.Of("Finding out its columns");

    /// <inheritdoc/>
    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync(); // a table that is being read is let go of
        if (_state == TableUploadState.Sending)
            await BreakOffAsync();
        if (_module is { } module)
            await module.DisposeAsync();
        _self?.Dispose();
    }

    /// <summary>The script tells of files that were chosen or dropped.</summary>
    [JSInvokable]
    public async Task Choose(ChosenFile[] files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (_state != TableUploadState.Idle)
            return;
        _problem = Refusal(files);
        if (_problem is null)
        {
            (_state, _key, _name, _bytes, _share, _rows, _upload) =
                (TableUploadState.Sending, files[0].Key, files[0].Name, files[0].Bytes, 0, 0, null);
            await _module!.CallAsync<object>("start", _key, _self);
        }

        Changed();
    }

    /// <summary>The script has begun the upload.</summary>
    /// <returns>Whether to send the bytes.</returns>
    [JSInvokable]
    public bool Begun(string key, string file)
    {
        if (!IsSending(key))
            return false;
        _upload = file;
        return true;
    }

    /// <summary>The script tells how far it is.</summary>
    [JSInvokable]
    public void Progress(string key, long sent)
    {
        if (IsSending(key))
            _share = (double)sent / _bytes;
        Changed();
    }

    /// <summary>The script has sent all of it. It may say so again.</summary>
    [JSInvokable]
    public void Sent(string key)
    {
        if (!IsSending(key) || _upload is not { } upload)
            return;
        (_state, _share) = (TableUploadState.Reading, 0);
        Follow(token => CreateAsync(upload, token));
        Changed();
    }

    /// <summary>The script could not send it.</summary>
    [JSInvokable]
    public void Broken(string key, string problem)
    {
        if (!IsSending(key))
            return;
        (_state, _problem) = (TableUploadState.Idle, problem);
        Changed();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/uploads.js");
        _self = DotNetObjectReference.Create(this);
        try
        {
            await _module.CallAsync<object>("attach", _zone, _self);
        }
        catch (ObjectDisposedException) when (Gone.IsCancellationRequested)
        {
            return; // the page was left before its script had come
        }

        _ready = true;
        StateHasChanged();
    }

    private bool IsSending(string key) => _state == TableUploadState.Sending && _key == key;

    private string? Refusal(ChosenFile[] files)
    {
        if (files is not [var file])
            return UiText.Of("A session is over one table; choose one file.");
        var ending = Path.GetExtension(file.Name);
        if (Workbooks.Contains(ending, StringComparer.OrdinalIgnoreCase))
            return UiText.Of("{0} is a workbook of a kind that can't be read. In the program that made it, save it as .xlsx or CSV, and choose that file.", file.Name);
        if (!Endings.Contains(ending, StringComparer.OrdinalIgnoreCase))
            return UiText.Of("{0} is not a table that can be read. Choose a .csv, .tsv, .xlsx or .parquet file.", file.Name);
        if (file.Bytes == 0)
            return UiText.Of("{0} is empty. Choose a file with a row of names and rows below it.", file.Name);
        return file.Bytes > MaxBytes
            ? UiText.Of("{0} has {1}; at most {2} are taken. Leave out rows or columns that you don't need.", file.Name, UploadQueue.SizeOf(file.Bytes), UploadQueue.SizeOf(MaxBytes))
            : null;
    }

    private async Task CreateAsync(string upload, CancellationToken cancellationToken)
    {
        try
        {
            Allowance.Require(Caller.Owner);
            if (await Uploads.FindAsync(upload, Caller.Owner, cancellationToken) is not { IsComplete: true } file
                || Uploads.PathOf(file) is not { } path)
            {
                throw new WorkloadException("unknown_file", UiText.Of("The file is no longer there; choose it again."));
            }

            var content = File.OpenRead(path);
            await using (content.ConfigureAwait(true))
            {
                var session = await Sessions.CreateReadAsync(Caller.Owner, null, content, file.Name, Read, null, cancellationToken);
                Navigation.NavigateTo($"analysis/{session.Id}");
            }
        }
        catch (WorkloadException refusal)
        {
            _problem = refusal.Code == "not_a_table"
                ? UiText.Of("{0} is no table, whatever its name says: {1}", _name, RefusalTexts.Of(refusal))
                : $"{_name}: {RefusalTexts.Of(refusal)}";
        }
        catch (Exception failure) when (failure is StorageUnavailableException or IOException)
        {
            _problem = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
        finally
        {
            _state = TableUploadState.Idle;
            await RemoveAsync(upload); // the session has a copy
            Changed();
        }
    }

    private void Read(double share, long rows)
    {
        (_share, _rows) = (share, rows);
        Changed();
    }

    private async Task CancelAsync()
    {
        if (_state == TableUploadState.Sending)
            await BreakOffAsync();
        else
            Follow(_ => Task.CompletedTask); // ends the reading
        _state = TableUploadState.Idle;
    }

    private async Task BreakOffAsync()
    {
        _state = TableUploadState.Idle;
        if (_module is { } module)
            await module.CallAsync<object>("abort", _key);
        if (_upload is { } upload)
            await RemoveAsync(upload);
    }

    private async Task RemoveAsync(string upload)
    {
        try
        {
            await Uploads.RemoveAsync(upload, Caller.Owner, CancellationToken.None);
        }
        catch (Exception failure) when (failure is UploadException or StorageUnavailableException)
        {
            // It is swept with other unused uploads.
        }
    }
}
