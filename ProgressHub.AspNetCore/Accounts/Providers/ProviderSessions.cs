using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts.Providers;

/// <summary>
/// Asks the provider again, whenever its tokens are over, whether those who signed in by it still may: a session ends when
/// the provider says no. One that can't be asked ends nothing; the session's own end stays where it is.
/// </summary>
internal sealed class ProviderSessions(
    AccountDatabase database, ProviderAnswers provider, ProviderTokenProtector protector, AuditTrail audit,
    IOptions<OidcOptions> options, SweepSchedule schedule) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Unsaid = TimeSpan.FromHours(1);

    /// <summary>Asks about all that are due.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        foreach (var session in await database.Sessions.ListToAskAsync(schedule.Time.GetUtcNow(), cancellationToken))
        {
            try
            {
                await AskAsync(session, cancellationToken);
            }
            catch (Exception failure) when (failure is HttpRequestException or InvalidOperationException or IOException)
            {
                await database.Sessions.KeepTokensAsync(
                    session.Id, session.ProviderTokens!, schedule.Time.GetUtcNow() + Later, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.IsOn ? schedule.Time.EveryAsync(Every, TryAskAsync, stoppingToken) : Task.CompletedTask;

    private async Task TryAskAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A token to refresh with is good once: of several nodes, one asks.
            await using var turn = await schedule.Turns.TakeAsync(nameof(ProviderSessions), Every, cancellationToken);
            if (turn is not null)
                await AskAsync(cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // The next tick tries again.
        }
    }

    private async Task AskAsync(SignInSession session, CancellationToken cancellationToken)
    {
        if (protector.Unprotect(session.ProviderTokens) is not { RefreshToken: not null } tokens
            || await provider.AskAsync(tokens, cancellationToken) is not { } fresh)
        {
            await database.Sessions.EndAsync(session.Id, session.AccountId, cancellationToken);
            await audit.AddAsync(session.AccountId, "session.refused-by-provider", session.Id, session.Address);
            return;
        }

        await database.Sessions.KeepTokensAsync(
            session.Id, protector.Protect(fresh.Tokens), schedule.Time.GetUtcNow() + (fresh.Lifetime ?? Unsaid), cancellationToken);
        await TakeRoleAsync(session, fresh.IdToken, cancellationToken);
    }

    /// <summary>
    /// Takes over what the provider says of the role. The token came straight from it over a connection that nobody changes,
    /// so that its signature says nothing more (OpenID Connect Core, section 3.1.3.7).
    /// </summary>
    private async Task TakeRoleAsync(SignInSession session, string? idToken, CancellationToken cancellationToken)
    {
        if (idToken is null || options.Value.RoleClaim is not { } claim)
            return;
        var identity = new System.Security.Claims.ClaimsPrincipal(
            new System.Security.Claims.ClaimsIdentity(new JsonWebToken(idToken).Claims));
        if (ClaimRoles.RoleOf(identity, claim, options.Value.AdministratorRole) is { } role)
            await database.Accounts.ChangeAsync(session.AccountId, account => account with { Role = role }, cancellationToken);
    }
}
