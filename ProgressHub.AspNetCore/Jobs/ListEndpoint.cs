using System.Globalization;
using System.Security.Claims;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>Lists the caller's jobs.</summary>
internal static class ListEndpoint
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public static async Task<JsonPage> ListAsync(
        ClaimsPrincipal user, JobService jobs, SnapshotViews views,
        string? kind, string? state, string? q, string? tag, bool? shared, string? sort, string? cursor, int? limit, CancellationToken aborted)
    {
        var query = new JobQuery
        {
            Owner = user.Owner(),
            Kind = Parameters.Text(nameof(kind), kind),
            States = ReadStates(state),
            Text = Parameters.Text(nameof(q), q),
            Tag = Parameters.Text(nameof(tag), tag),
            Sorting = JobSortings.Parse(sort) ?? throw Parameters.Refuse(
                "invalid_parameter", $"'sort' is one of {string.Join(", ", JobSortings.Names)}.", nameof(sort)),
            Before = Parameters.Cursor(nameof(cursor), cursor),
            Limit = Parameters.Number(nameof(limit), limit, DefaultLimit, 1, MaxLimit),
        };
        var page = shared == true ? await jobs.ListSharedAsync(query, aborted) : await jobs.ListAsync(query, aborted);

        var now = views.Now;
        var items = page.Items.Select(s => (ReadOnlyMemory<byte>)SnapshotJson.Serialize(views.Of(s, now)));
        return new JsonPage(
            "jobs", items, page.Next is { } next ? string.Create(CultureInfo.InvariantCulture, $"\"{next}\"") : null);
    }

    private static JobState[] ReadStates(string? names)
    {
        if (string.IsNullOrEmpty(names))
            return [];
        return [.. names.Split(',', StringSplitOptions.TrimEntries).Select(ReadState).Distinct()];
    }

    private static JobState ReadState(string name) => JobStates.Parse(name) ?? throw Parameters.Refuse(
        "invalid_state",
        $"'state' is one or more, with commas between, of {string.Join(", ", Enum.GetValues<JobState>().Select(s => s.Name()))}.",
        "state");
}
