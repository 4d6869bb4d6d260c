using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// Asks once a second whether another node has taken access back or changed it, where nodes share accounts: so it counts here
/// within that second, and what is open by it is cut off.
/// </summary>
internal sealed partial class AccessWatch(
    IServiceProvider services, AccessChanges changes, IOptions<AuthOptions> auth, TimeProvider time, ILogger<AccessWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (auth.Value.Mode == AuthMode.Local || services.GetRequiredService<AccountDatabase>() is not { Database: null } accounts)
            return;
        long? known = null;
        await time.EveryAsync(Interval, async stopping => known = await AskAsync(accounts, known, stopping), stoppingToken);
    }

    private async Task<long?> AskAsync(AccountDatabase accounts, long? known, CancellationToken cancellationToken)
    {
        try
        {
            var present = await accounts.ChangesAsync(cancellationToken);
            if (present != known)
                changes.TellElsewhere();
            return present;
        }
        catch (StorageUnavailableException unavailable)
        {
            // Asked again in a second; whatever was changed meanwhile is a number that is not known then.
            LogUnknown(unavailable);
            return known;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether other nodes have changed anybody's access can't be read now; it is tried again.")]
    private partial void LogUnknown(Exception failure);
}
