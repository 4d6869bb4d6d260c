using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Titles and tags as they are kept: one line each, and bounded.</summary>
internal static class JobLabels
{
    public static string Title(string? given, string suggested)
    {
        var title = EventText.Line(string.IsNullOrWhiteSpace(given) ? suggested : given.Trim());
        if (title.Length > JobService.MaxTitle && !string.IsNullOrWhiteSpace(given))
        {
            throw new WorkloadException("title_too_long", $"A title has at most {JobService.MaxTitle} characters.")
            {
                Property = "title",
            };
        }

        return EventText.Line(title, JobService.MaxTitle);
    }

    public static IReadOnlyList<string> Tags(IReadOnlyList<string> given)
    {
        if (given.Count > JobService.MaxTags)
            throw Refuse("too_many_tags", $"A job has at most {JobService.MaxTags} tags.");
        var tags = given.Select(t => EventText.Line(t?.Trim() ?? "")).Distinct(StringComparer.Ordinal).ToArray();
        if (tags.Any(t => t.Length is 0 or > JobService.MaxTag))
            throw Refuse("invalid_tag", $"A tag has 1 to {JobService.MaxTag} characters.");
        return tags;
    }

    /// <summary>The tags after a change, in the order in which they were given.</summary>
    /// <exception cref="WorkloadException">A new one is not acceptable, or there would be too many.</exception>
    public static IReadOnlyList<string> Tags(IReadOnlyList<string> present, TagChange change)
    {
        var added = Tags(change.Add);
        string[] after = [.. present.Except(change.Remove.Select(t => t?.Trim() ?? ""), StringComparer.Ordinal).Union(added, StringComparer.Ordinal)];

        // A job may have been made with more by its workload: whoever takes some away is not refused for the rest.
        return after.Length > JobService.MaxTags && after.Length > present.Count
            ? throw Refuse("too_many_tags", $"A job has at most {JobService.MaxTags} tags.")
            : after;
    }

    private static WorkloadException Refuse(string code, string message) => new(code, message) { Property = "tags" };
}
