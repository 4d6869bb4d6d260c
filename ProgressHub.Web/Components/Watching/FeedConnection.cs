namespace ProgressHub.Web.Components.Watching;

/// <summary>How a page stands with the feed of its job.</summary>
public enum FeedConnection
{
    /// <summary>What happens is shown as it happens.</summary>
    Live,

    /// <summary>The feed broke; it is tried again, and nothing will be missing.</summary>
    Interrupted,

    /// <summary>The job has ended; there is nothing to follow.</summary>
    Ended,
}
