namespace ProgressHub.AspNetCore.Security;

/// <summary>What a key, a token or a session may be used for.</summary>
internal static class AccessScope
{
    /// <summary>See one's jobs, their files and their events.</summary>
    public const string ReadJobs = "jobs:read";

    /// <summary>Submit jobs, cancel, retry, answer and delete them, and upload files for them.</summary>
    public const string WriteJobs = "jobs:write";

    /// <summary>Collections of documents and tables.</summary>
    public const string Documents = "documents";

    /// <summary>Accounts, metrics, and what concerns the whole server; of use to administrators only.</summary>
    public const string Admin = "admin";

    /// <summary>One's own sessions and keys. Sessions alone have it: a key can't make keys.</summary>
    public const string Account = "account";

    /// <summary>What a key may be given.</summary>
    public static IReadOnlyList<string> OfKeys { get; } = [ReadJobs, WriteJobs, Documents, Admin];
}
