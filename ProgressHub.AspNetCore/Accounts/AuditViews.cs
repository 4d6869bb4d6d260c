using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>An entry of the audit log.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When.</param>
/// <param name="AccountId">Who; missing where it is not known who it was.</param>
/// <param name="Account">What they are called now.</param>
/// <param name="Action">What, such as <c>signin.failed</c>.</param>
/// <param name="Subject">To what: the id of a key, an account or a job.</param>
/// <param name="SubjectName">What that is called, where it is an account.</param>
/// <param name="Detail">What was changed.</param>
/// <param name="Address">Where it came from, where that is known.</param>
internal sealed record AuditView(
    long Id, DateTimeOffset At, string? AccountId, string? Account, string Action, string? Subject, string? SubjectName, string? Detail,
    string? Address)
{
    public static AuditView Of(AuditEntry entry) => new(
        entry.Id, entry.At, entry.AccountId, entry.AccountName, entry.Action, entry.Subject, entry.SubjectName, entry.Detail, entry.Address);
}

/// <summary>A page of the audit log.</summary>
/// <param name="Entries">The newest first.</param>
/// <param name="Next">What to pass as <c>before</c> for the next page; missing at the end.</param>
internal sealed record AuditPage(IReadOnlyList<AuditView> Entries, long? Next);
