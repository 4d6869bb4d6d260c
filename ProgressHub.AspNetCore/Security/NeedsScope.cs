using System.Security.Claims;

namespace ProgressHub.AspNetCore.Security;

/// <summary>Metadata of endpoints: which scopes let a caller in. Without it an endpoint is about jobs.</summary>
internal sealed class NeedsScope(string[] toRead, string[] toWrite)
{
    /// <summary>Reading reads jobs, all else writes them.</summary>
    public static NeedsScope Jobs { get; } = new([AccessScope.ReadJobs], [AccessScope.WriteJobs]);

    /// <summary>Whatever the method, it is to watch; what can be changed there asks by itself.</summary>
    public static NeedsScope Watching { get; } = new([AccessScope.ReadJobs], [AccessScope.ReadJobs]);

    /// <summary>Files, which jobs and collections take.</summary>
    public static NeedsScope Uploads { get; } =
        new([AccessScope.WriteJobs, AccessScope.Documents], [AccessScope.WriteJobs, AccessScope.Documents]);

    /// <summary>Collections and tables.</summary>
    public static NeedsScope Documents { get; } = new([AccessScope.Documents], [AccessScope.Documents]);

    /// <summary>The whole server.</summary>
    public static NeedsScope Admin { get; } = new([AccessScope.Admin], [AccessScope.Admin]);

    /// <summary>One's own account.</summary>
    public static NeedsScope Account { get; } = new([AccessScope.Account], [AccessScope.Account]);

    /// <summary>No scope: whoever was let in.</summary>
    public static NeedsScope Anything { get; } = new([], []);

    /// <summary>
    /// What the endpoint of a request needs. Where there is none, and what is answered is that there is none, or not by this
    /// method or for this body, anybody may have that who was let in.
    /// </summary>
    public static NeedsScope Of(HttpContext context) => context.GetEndpoint() is RouteEndpoint endpoint
        ? endpoint.Metadata.GetMetadata<NeedsScope>() ?? Jobs
        : Anything;

    /// <summary>The scopes of which a request needs one; none where any caller may.</summary>
    public IReadOnlyList<string> For(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) ? toRead : toWrite;

    /// <summary>Whether a caller may make a request.</summary>
    public bool IsMetBy(ClaimsPrincipal user, string method) =>
        For(method) is var scopes && (scopes.Count == 0 || scopes.Any(user.Allows));
}
