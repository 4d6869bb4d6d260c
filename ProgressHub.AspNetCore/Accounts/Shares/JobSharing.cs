using System.Globalization;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>Shares jobs and takes shares back; whoever manages a job may.</summary>
internal sealed class JobSharing(JobService jobs, AccountDatabase database, AuditTrail audit, TimeProvider time)
{
    /// <summary>How long a link is good where nothing else is said.</summary>
    public static readonly TimeSpan UsualLink = TimeSpan.FromDays(7);

    /// <summary>How long a link may be good.</summary>
    public static readonly TimeSpan LongestLink = TimeSpan.FromDays(366);

    private const int Most = 100;
    private const int ShownOpenings = 100;
    private const int MaxNameCharacters = 256;

    /// <summary>Shares a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="by">Who shares it.</param>
    /// <param name="wanted">With whom.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The share, with the path of a new link; null where the caller does not manage such a job.</returns>
    /// <exception cref="RefusedException">
    /// 422 <c>unknown_account</c>, <c>ambiguous_account</c>, <c>own_job</c>, <c>invalid_right</c> or <c>invalid_expiry</c>; 429 <c>too_many_shares</c>.
    /// </exception>
    public async Task<ShareView?> ShareAsync(JobId job, Actor by, NewShare wanted, CancellationToken cancellationToken)
    {
        if (await FindManagedAsync(job, by.AccountId, cancellationToken) is not { } found)
            return null;
        var now = time.GetUtcNow();
        var isLink = string.IsNullOrWhiteSpace(wanted.Account);
        if (isLink && wanted.Right != ShareRight.Read)
            throw Refuse("invalid_right", "Whoever has a link may read; to let somebody manage the job, name their account.", "right");
        var expires = wanted.ExpiresAt ?? (isLink ? now + UsualLink : null);
        if (expires <= now || (isLink && expires > now + LongestLink))
            throw Refuse("invalid_expiry", "A share ends in the future; a link within a year.", "expiresAt");

        var secret = isLink ? AccessSecret.New("") : null;
        var share = new JobShare
        {
            Id = AccessSecret.NewId(), Job = job, OwnerId = found.Owner, CreatedBy = by.AccountId, CreatedAt = now,
            AccountId = isLink ? null : await FindAccountAsync(wanted.Account!.Trim(), found.Owner, cancellationToken),
            Right = wanted.Right == ShareRight.Manage ? JobRight.Manage : JobRight.Read, ExpiresAt = expires,
        };
        if (!await database.Shares.AddAsync(share, secret is null ? null : AccessSecret.HashOf(secret), Most, cancellationToken))
        {
            throw new RefusedException(
                StatusCodes.Status429TooManyRequests, "too_many_shares",
                string.Create(CultureInfo.InvariantCulture, $"A job has at most {Most} shares; revoke one first."));
        }

        await audit.AddAsync(by, "share.created", $"{job}/{share.Id}", null);
        return ShareView.Of(share, await AccountsAsync(cancellationToken), []) with
        {
            Link = secret is null ? null : ShareLinks.PathOf(secret),
        };
    }

    /// <summary>Whether somebody manages a job, and so may share it.</summary>
    public async Task<bool> IsManagedAsync(JobId job, string caller, CancellationToken cancellationToken) =>
        await FindManagedAsync(job, caller, cancellationToken) is not null;

    /// <summary>The shares of a job that are not over, with who opened its links; null where the caller does not manage such a job.</summary>
    public async Task<IReadOnlyList<ShareView>?> ListAsync(JobId job, string caller, CancellationToken cancellationToken)
    {
        if (await FindManagedAsync(job, caller, cancellationToken) is not { } found)
            return null;
        var (now, accounts, views) = (time.GetUtcNow(), await AccountsAsync(cancellationToken), new List<ShareView>());
        foreach (var share in await database.Shares.ListAsync(job, cancellationToken))
        {
            if (share.OwnerId == found.Owner && !share.IsOver(now))
                views.Add(ShareView.Of(share, accounts, share.IsLink ? await database.Shares.ListOpeningsAsync(share.Id, ShownOpenings, cancellationToken) : []));
        }

        return views;
    }

    /// <summary>Takes a share back; what is open by it ends within seconds.</summary>
    /// <returns>Whether the job had it; null where the caller does not manage such a job.</returns>
    public async Task<bool?> RevokeAsync(JobId job, string id, Actor by, CancellationToken cancellationToken)
    {
        if (!await IsManagedAsync(job, by.AccountId, cancellationToken))
            return null;
        if (await database.Shares.RevokeAsync(id, job, cancellationToken) is null)
            return false;
        await audit.AddAsync(by, "share.revoked", $"{job}/{id}", null);
        return true;
    }

    /// <summary>A page of what is shared with somebody.</summary>
    public async Task<(IReadOnlyList<SharedJobView> Shares, long? Next)> ListWithAsync(
        string caller, long? before, int limit, CancellationToken cancellationToken)
    {
        var (now, accounts, views) = (time.GetUtcNow(), await AccountsAsync(cancellationToken), new List<SharedJobView>());
        var page = await database.Shares.ListWithAsync(caller, before, limit, cancellationToken);
        foreach (var share in page)
        {
            if (share.IsOver(now))
                continue;
            if (await jobs.FindWithRightAsync(share.Job, caller, cancellationToken) is { } found && found.Owner == share.OwnerId)
                views.Add(SharedJobView.Of(share, found.Snapshot, accounts));
            else if (await jobs.WasPurgedAsync(share.Job, share.OwnerId, cancellationToken))
                await database.Shares.ForgetAsync(share.Job, cancellationToken);
        }

        return (views, page.Count == limit ? page[^1].Number : null);
    }

    /// <summary>By which share somebody sees a job of somebody else's, the one that lets them do most; null where it is by none.</summary>
    public async Task<SharedJobView?> FindWithAsync(JobId job, string caller, CancellationToken cancellationToken)
    {
        if (await jobs.FindWithRightAsync(job, caller, cancellationToken) is not { Right: not JobRight.Own } found)
            return null;
        var now = time.GetUtcNow();
        var share = (await database.Shares.FindAsync(job, caller, cancellationToken))
            .Where(s => s.OwnerId == found.Owner && !s.IsOver(now)).MaxBy(s => s.Right);
        return share is null ? null : SharedJobView.Of(share, found.Snapshot, await AccountsAsync(cancellationToken));
    }

    private async Task<FoundJob?> FindManagedAsync(JobId job, string caller, CancellationToken cancellationToken) =>
        await jobs.FindWithRightAsync(job, caller, cancellationToken) is { Right: >= JobRight.Manage } found ? found : null;

    // What a provider calls somebody need not be theirs alone, and must not be mistaken for somebody else's name here.
    private async Task<string> FindAccountAsync(string name, string owner, CancellationToken cancellationToken)
    {
        var key = name.Length <= MaxNameCharacters ? AccountNames.Fold(name) : "";
        var meant = (await database.Accounts.ListAsync(cancellationToken))
            .Where(account => account.IsEnabled && (account.Id == name || AccountNames.Fold(account.Name) == key)).ToArray();
        return meant switch
        {
            [] => throw Refuse("unknown_account", "There is no account of that name.", "account"),
            [var only] when only.Id == owner => throw Refuse("own_job", "The job is theirs already.", "account"),
            [var only] => only.Id,
            _ => throw Refuse("ambiguous_account", "Several accounts have that name; use the account's id, which its owner finds at GET /api/account.", "account"),
        };
    }

    private async Task<IReadOnlyDictionary<string, Account>> AccountsAsync(CancellationToken cancellationToken) =>
        (await database.Accounts.ListAsync(cancellationToken)).ToDictionary(account => account.Id, StringComparer.Ordinal);

    private static RefusedException Refuse(string code, string detail, string property) =>
        new(StatusCodes.Status422UnprocessableEntity, code, detail, property);
}
