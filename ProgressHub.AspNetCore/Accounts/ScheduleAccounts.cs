using ProgressHub.Core.Schedules;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>The schedules of an account go on as long as it is enabled. A host may have owners that are no accounts.</summary>
internal sealed class ScheduleAccounts(AccountDirectory accounts) : IScheduleOwners
{
    /// <inheritdoc/>
    public async ValueTask<bool> AreActiveAsync(string owner, CancellationToken cancellationToken) =>
        await accounts.FindAsync(owner, cancellationToken) is not { IsEnabled: false };
}
