using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Comparing;

/// <summary>A job beside another of its kind: what they took, and how their results differ.</summary>
public sealed partial class JobComparison
{
    private const int MostRuns = 50;
    private const int MostBytes = 512 * 1024;
    private const int Around = 3; // equal lines that are shown beside a difference

    private IReadOnlyList<JobSnapshot> _runs = [];
    private JobSnapshot? _other;
    private IReadOnlyList<DiffLine>? _lines;
    private bool _isCut;
    private string? _problem;
    private (string? With, string? Result)? _shown;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>The id of the other, as it stands in the address; null for the job that this one is a retry of, if any.</summary>
    [Parameter]
    public string? With { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var with = With ?? Job.RetryOf?.ToString();
        if (_shown == (with, Job.ResultUrl))
            return;
        _shown = (with, Job.ResultUrl);
        _problem = null;
        try
        {
            var page = await Jobs.ListAsync(new JobQuery { Owner = Caller.Owner, Kind = Job.Kind, Limit = MostRuns }, CancellationToken.None);
            _runs = [.. page.Items.Where(run => run.JobId != Job.JobId)];
            _other = JobId.TryParse(with, null, out var id) && id != Job.JobId ? await Jobs.FindAsync(id, Caller.Owner, CancellationToken.None) : null;
            _lines = _other is { } other ? await CompareAsync(other) : null;
        }
        catch (StorageUnavailableException)
        {
            (_shown, _problem) = (null, L["The jobs can't be read now; try again in a moment."]);
        }
    }

    // Differences with a few equal lines around each; null where some were left out.
    private static IEnumerable<DiffLine?> Shown(IReadOnlyList<DiffLine> lines)
    {
        var left = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (!Enumerable.Range(Math.Max(0, i - Around), Math.Min(lines.Count, i + Around + 1) - Math.Max(0, i - Around)).Any(near => !lines[near].IsSame))
                continue;
            if (left != i - 1)
                yield return null;
            left = i;
            yield return lines[i];
        }
    }

    private void Choose(ChangeEventArgs change) =>
        Navigation.NavigateTo($"jobs/{Job.JobId}?tab=compare&with={Uri.EscapeDataString(change.Value?.ToString() ?? "")}", replace: true);

    private IEnumerable<(string Name, string Mine, string Theirs)> Facts(JobSnapshot other)
    {
        yield return (L["State"], Job.Standing(), other.Standing());
        yield return (L["Engine"], Job.Engine ?? "–", other.Engine ?? "–");
        yield return (L["Time"], TimeOf(Job), TimeOf(other));
        yield return (L["Attempts"], Number(Job.Attempt), Number(other.Attempt));
        yield return (L["Items"], Items(Job), Items(other));
        yield return (L["Tokens"], Job.Usage is { Calls: > 0 } mine ? UsageWords.Tokens(mine) : "–", other.Usage is { Calls: > 0 } theirs ? UsageWords.Tokens(theirs) : "–");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string TimeOf(JobSnapshot job) =>
        job is { StartedAt: { } start, FinishedAt: { } end } ? Durations.Exact((end - start).TotalMilliseconds) : "–";

    private string Items(JobSnapshot job) => job.Partials is { Ok: 0, Failed: 0 } ? "–" : L["{0} done, {1} failed", job.Partials.Ok, job.Partials.Failed];

    private async Task<IReadOnlyList<DiffLine>?> CompareAsync(JobSnapshot other)
    {
        _isCut = false;
        return await ReadAsync(Job) is { } mine && await ReadAsync(other) is { } theirs ? LineDiff.Of(mine, theirs) : null;
    }

    private async Task<string[]?> ReadAsync(JobSnapshot job)
    {
        if (job.ResultUrl is null || await Jobs.ReadResultAsync(job.JobId, Caller.Owner, soFar: false, CancellationToken.None) is not { } result || !IsText(result))
            return null;
        _isCut |= result.Body.Length > MostBytes;
        return Encoding.UTF8.GetString(result.Body.Span[..Math.Min(MostBytes, result.Body.Length)]).ReplaceLineEndings("\n").Split('\n');
    }

    private static bool IsText(ResultDocument result) =>
        result.ContentType.StartsWith("text/", StringComparison.Ordinal) || result.ContentType.Contains("json", StringComparison.Ordinal)
        || result.ContentType.Contains("subrip", StringComparison.Ordinal);
}
