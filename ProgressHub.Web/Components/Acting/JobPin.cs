using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;

namespace ProgressHub.Web.Components.Acting;

/// <summary>A job that is kept in sight. It is a tag, so it is given and taken through the API as any other, and listed by it.</summary>
public static class JobPin
{
    /// <summary>The tag.</summary>
    public const string Tag = "pinned";

    /// <summary>Whether a job is pinned.</summary>
    public static bool IsPinned(this JobSnapshot job) => job.Tags.Contains(Tag, StringComparer.Ordinal);

    /// <summary>What pins a job, or takes its pin where it has one.</summary>
    internal static TagChange Toggle(JobSnapshot job) => job.IsPinned() ? new TagChange([], [Tag]) : new TagChange([Tag], []);
}
