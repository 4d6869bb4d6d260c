namespace ProgressHub.Core.Accounts;

/// <summary>Who did what, and when. Entries are only ever added.</summary>
/// <param name="At">When.</param>
/// <param name="AccountId">Who; null where it is not known who it was.</param>
/// <param name="Action">What, such as <c>signin.failed</c> or <c>key.created</c>.</param>
/// <param name="Subject">To what: the id of a key, an account or a job; never a secret.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="Id">Its number, from 1; given when it is added.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string? AccountId, string Action, string? Subject, string? Address, long Id = 0)
{
    /// <summary>What was changed, such as <c>role=administrator</c>; null where the action says it all.</summary>
    public string? Detail { get; init; }

    /// <summary>What who did it is called now; null where there is no such account. Filled in when it is read.</summary>
    public string? AccountName { get; init; }

    /// <summary>The same of the account it was done to; null where it was not done to one.</summary>
    public string? SubjectName { get; init; }
}
