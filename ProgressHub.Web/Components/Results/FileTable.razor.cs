using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Results;

/// <summary>The files of a job: those it was given, then those its work made.</summary>
public sealed partial class FileTable
{
    private IReadOnlyList<JobFile>? _files;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            _files = await Jobs.ListFilesAsync(JobId, Caller.Owner, CancellationToken.None) ?? [];
        }
        catch (StorageUnavailableException)
        {
            _files = [];
        }
    }

    private static string Size(StoredFile file) => (file.Length ?? file.Received) switch
    {
        < 1024 and var bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 and var bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KB"),
        var bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:#,0.#} MB"),
    };
}
