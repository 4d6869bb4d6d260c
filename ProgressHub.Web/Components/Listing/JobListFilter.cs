using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.External;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Which jobs are listed. All of it stands in the address, so that a list can be linked to and gone back to.</summary>
/// <param name="Kind">Only this workload; null for all.</param>
/// <param name="State">The name of a state, <c>active</c> or <c>ended</c>; null for all.</param>
/// <param name="Text">Only titles that contain this; null for all.</param>
/// <param name="Before">Only jobs before this position; null for the newest.</param>
/// <param name="Tag">Only jobs with this tag; null for all.</param>
/// <param name="Sort">How they are sorted: <c>oldest</c>, <c>title</c> or <c>longest</c>; null for newest first.</param>
/// <param name="Shared">Whether it is the jobs of others that are shared with the reader, those shared last first.</param>
public sealed record JobListFilter(
    string? Kind = null, string? State = null, string? Text = null, long? Before = null, string? Tag = null, string? Sort = null,
    bool Shared = false)
{
    /// <summary>The jobs that have not been heard of for too long.</summary>
    public const string Stalled = "stalled";

    /// <summary>The jobs that have not ended.</summary>
    public const string Active = "active";

    /// <summary>The jobs that have.</summary>
    public const string Ended = "ended";

    /// <summary>Whether it leaves nothing out.</summary>
    public bool IsEmpty => Kind is null && States.Count == 0 && Text is null && Tag is null && !Shared;

    /// <summary>Whether it is the list as it opens.</summary>
    public bool IsDefault => IsEmpty && IsNewestFirst;

    /// <summary>Whether the newest come first, so that new ones come in at the top.</summary>
    public bool IsNewestFirst => Sorting == JobSorting.Newest;

    private JobSorting Sorting => JobSortings.Parse(Sort) ?? JobSorting.Newest;

    /// <summary>The states it lets through; empty for all.</summary>
    public IReadOnlyList<JobState> States => State switch
    {
        Active => [.. Enum.GetValues<JobState>().Where(s => !s.IsFinal())],
        Stalled => [JobState.Running],
        Ended => [.. Enum.GetValues<JobState>().Where(s => s.IsFinal())],
        _ => JobStates.Parse(State) is { } state ? [state] : [],
    };

    /// <summary>What to ask the store.</summary>
    public JobQuery ToQuery(string owner, int limit) => new()
    {
        Owner = owner, Kind = State == Stalled ? Kind ?? ExternalJobs.Kind : Kind, States = States, Text = Text, Tag = Tag, Before = Before, Limit = limit, Sorting = Sorting,
    };

    /// <summary>Whether it lets a job through; where it stands in the list is another question.</summary>
    public bool Matches(JobSnapshot job) =>
        (Kind is null || job.Kind == Kind)
        && (States is not { Count: > 0 } states || states.Contains(job.State))
        && (State != Stalled || job.Stalled == true)
        && (Text is null || job.Title.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (Tag is null || job.Tags.Contains(Tag, StringComparer.Ordinal));

    /// <summary>The address of the list, relative to the UI.</summary>
    public string ToAddress(NavigationManager navigation) => navigation.GetUriWithQueryParameters(
        navigation.ToAbsoluteUri("jobs").ToString(),
        new Dictionary<string, object?>
        {
            ["kind"] = Kind,
            ["state"] = State,
            ["q"] = Text,
            ["tag"] = Tag,
            ["sort"] = Sort,
            ["shared"] = Shared ? "true" : null,
            ["before"] = Before?.ToString(CultureInfo.InvariantCulture),
        });
}
