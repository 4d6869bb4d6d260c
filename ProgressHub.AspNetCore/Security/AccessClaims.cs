namespace ProgressHub.AspNetCore.Security;

/// <summary>The claims that say by what a caller was let in; a caller without them may do all that is its own.</summary>
internal static class AccessClaims
{
    /// <summary>What may be taken back: <c>session:</c>, <c>key:</c>, <c>account:</c> or <c>visitor:</c>, and the id of one.</summary>
    public const string Grant = "progresshub:grant";

    /// <summary>One of the scopes.</summary>
    public const string Scope = "scope";

    /// <summary>When the access ends by itself: milliseconds since 1970, UTC.</summary>
    public const string Expires = "progresshub:expires";

    /// <summary>The one job that a ticket is good for.</summary>
    public const string TicketJob = "progresshub:ticket-job";
}
