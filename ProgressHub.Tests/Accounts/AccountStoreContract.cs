using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Accounts;

/// <summary>What every store of accounts keeps.</summary>
public abstract class AccountStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly AccessChanges _changes = new();
    private readonly IAccountsUnderTest _accounts;
    private readonly AccountDatabase _database;
    private int _told;

    private protected AccountStoreContract(IAccountsUnderTest accounts)
    {
        (_accounts, _database) = (accounts, accounts.Open(_changes));
        _changes.Changed += () => Interlocked.Increment(ref _told);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _accounts.Dispose();
    }

    [Fact]
    public async Task An_account_is_found_by_id_by_name_however_written_and_by_who_vouches_for_it()
    {
        var ann = Made("a", "Änn") with { PasswordHash = "x", Failures = 3, LockedUntil = At.AddMinutes(1) };
        var bob = Made("b", "Bob") with { Issuer = "https://issuer", Subject = "7", Role = AccountRole.Administrator };

        Assert.True(await Accounts.AddAsync(ann, default));
        Assert.True(await Accounts.AddAsync(bob, default));

        Assert.Equal(ann, await Accounts.FindAsync("a", default));
        Assert.Equal(ann, await Accounts.FindByNameAsync("ÄNN", default));
        Assert.Equal(bob, await Accounts.FindBySubjectAsync("https://issuer", "7", default));
        Assert.Null(await Accounts.FindByNameAsync("bob", default)); // nobody signs in with a name that a provider gave
        Assert.Equal(["b", "a"], (await Accounts.ListAsync(default)).Select(a => a.Id));
    }

    [Fact]
    public async Task A_name_an_id_and_a_subject_are_taken_once()
    {
        Assert.True(await Accounts.AddAsync(Made("a", "Ann") with { PasswordHash = "x" }, default));
        Assert.True(await Accounts.AddAsync(Made("b", "Ann") with { Issuer = "i", Subject = "s" }, default));

        Assert.False(await Accounts.AddAsync(Made("c", "ann") with { PasswordHash = "x" }, default));
        Assert.False(await Accounts.AddAsync(Made("a", "Other") with { PasswordHash = "x" }, default));
        Assert.False(await Accounts.AddAsync(Made("d", "Other") with { Issuer = "i", Subject = "s" }, default));
    }

    [Fact]
    public async Task What_takes_access_back_is_told_and_what_does_not_is_not()
    {
        await Accounts.AddAsync(Made("a", "Ann") with { PasswordHash = "x" }, default);

        await Accounts.ChangeAsync("a", account => account.Failed(5, TimeSpan.FromMinutes(1), At), default);
        Assert.Equal(0, _told);
        await Accounts.ChangeAsync("a", account => account with { DisabledAt = At }, default);

        Assert.Equal(1, _told);
        Assert.False((await Accounts.FindAsync("a", default))!.IsEnabled);
        Assert.Null(await Accounts.ChangeAsync("nobody", account => account, default));
    }

    [Fact]
    public async Task A_session_is_found_by_its_secret_until_it_ends()
    {
        var session = new SignInSession
        {
            Id = "s", AccountId = "a", CreatedAt = At, SeenAt = At, ExpiresAt = At.AddDays(1), Browser = "b", Address = "::1",
            ProviderTokens = [1, 2], AskProviderAt = At.AddMinutes(5),
        };
        await _database.Sessions.AddAsync(session, [7], default);
        await _database.Sessions.SeeAsync("s", At.AddMinutes(2), default);

        var found = await _database.Sessions.FindBySecretAsync([7], default);
        Assert.Equal(At.AddMinutes(2), found!.SeenAt);
        Assert.Equal([1, 2], found.ProviderTokens);
        Assert.Empty(await _database.Sessions.ListToAskAsync(At, default));
        Assert.Equal("s", Assert.Single(await _database.Sessions.ListToAskAsync(At.AddMinutes(5), default)).Id);
        Assert.False(await _database.Sessions.EndAsync("s", "somebody else", default));
        Assert.True(await _database.Sessions.EndAsync("s", "a", default));
        Assert.Null(await _database.Sessions.FindBySecretAsync([7], default));
        Assert.Equal(1, _told);
    }

    [Fact]
    public async Task All_sessions_but_one_end_and_those_whose_time_is_over_are_forgotten()
    {
        foreach (var id in (string[])["one", "two", "old"])
        {
            await _database.Sessions.AddAsync(
                new SignInSession { Id = id, AccountId = "a", CreatedAt = At, SeenAt = At, ExpiresAt = id == "old" ? At : At.AddDays(1) }, [(byte)id[1]], default);
        }

        Assert.Equal(1, await _database.Sessions.SweepAsync(At, default));
        Assert.Equal(1, await _database.Sessions.EndOthersAsync("a", "two", default));
        Assert.Equal("two", Assert.Single(await _database.Sessions.ListAsync("a", default)).Id);
    }

    [Fact]
    public async Task A_key_is_found_by_its_secret_until_it_is_revoked_and_there_are_only_so_many()
    {
        var key = new ApiKey { Id = "k", AccountId = "a", Name = "n", Prefix = "p", Scopes = ["jobs:read", "documents"], CreatedAt = At, ExpiresAt = At.AddDays(1) };

        Assert.True(await _database.Keys.AddAsync(key, [1], 1, default));
        Assert.False(await _database.Keys.AddAsync(key with { Id = "l" }, [2], 1, default));
        await _database.Keys.UseAsync("k", At.AddHours(1), default);

        var found = await _database.Keys.FindBySecretAsync([1], default);
        Assert.Equal(["jobs:read", "documents"], found!.Scopes);
        Assert.Equal(At.AddHours(1), found.UsedAt);
        Assert.False(await _database.Keys.RevokeAsync("k", "somebody else", default));
        Assert.True(await _database.Keys.RevokeAsync("k", "a", default));
        Assert.Null(await _database.Keys.FindAsync("k", default));
        Assert.Equal(1, _told);
    }

    [Fact]
    public async Task The_audit_log_is_read_backwards_in_pages()
    {
        for (var i = 1; i <= 3; i++)
            await _database.Audit.AddAsync(new AuditEntry(At, "a", $"action{i}", null, "::1"), default);

        var page = await _database.Audit.ListAsync(new AuditQuery { Limit = 2 }, default);
        var rest = await _database.Audit.ListAsync(new AuditQuery { Before = page[^1].Id, Limit = 2 }, default);

        Assert.Equal(["action3", "action2"], page.Select(e => e.Action));
        Assert.Equal("action1", Assert.Single(rest).Action);
    }

    [Fact]
    public async Task Actions_are_found_by_what_they_begin_with_and_by_when_and_by_whom()
    {
        await Accounts.AddAsync(Made("a", "Ann"), default);
        await _database.Audit.AddAsync(new AuditEntry(At, "a", "key.created", "k", null) { Detail = "n" }, default);
        await _database.Audit.AddAsync(new AuditEntry(At.AddMinutes(1), null, "keys", "a", null), default);

        var ofKey = Assert.Single(await _database.Audit.ListAsync(new AuditQuery { Action = "key" }, default));
        Assert.Equal(("key.created", "Ann", "n"), (ofKey.Action, ofKey.AccountName, ofKey.Detail));
        Assert.Equal(2, (await _database.Audit.ListAsync(new AuditQuery { AccountId = "a", From = At, To = At.AddHours(1) }, default)).Count);
        Assert.Equal(["key.created", "keys"], await _database.Audit.ListActionsAsync(default));
    }

    [Fact]
    public async Task An_administrator_is_first_once_and_again_where_none_is_enabled()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Accounts.AddFirstAsync(Administrator($"a{i}"), default)));
        var first = Assert.Single(await Accounts.ListAsync(default));

        Assert.Single(made, isFirst => isFirst);
        await Accounts.ChangeAsync(first.Id, account => account with { DisabledAt = At }, default);
        Assert.True(await Accounts.AddFirstAsync(Administrator("next"), default));
    }

    [Fact]
    public async Task Bounds_of_an_account_are_set_and_lifted_together()
    {
        await _database.Quotas.ReplaceAsync("a", new Dictionary<QuotaBound, decimal?> { [QuotaBound.JobsRunning] = 2, [QuotaBound.JobsQueued] = null }, default);
        Assert.Equal(2, (await _database.Quotas.ListAsync(default)).Count);

        await _database.Quotas.ReplaceAsync("a", new Dictionary<QuotaBound, decimal?> { [QuotaBound.JobsRunning] = 1.5m }, default);
        Assert.Equal([new QuotaOverride("a", QuotaBound.JobsRunning, 1.5m)], await _database.Quotas.ListAsync(default));

        await _database.Quotas.ReplaceAsync("a", new Dictionary<QuotaBound, decimal?>(), default);
        Assert.Empty(await _database.Quotas.ListAsync(default));
    }

    [Fact]
    public async Task Any_text_is_kept_and_asked_for_without_an_error()
    {
        var key = new ApiKey { Id = "k", AccountId = "a", Name = "nul \0 and half \uD800", Prefix = "p", Scopes = ["jobs:read"], CreatedAt = At };

        Assert.True(await _database.Keys.AddAsync(key, [1], 1, default));
        Assert.Null(await Accounts.FindByNameAsync("nobody\0", default));

        Assert.StartsWith("nul ", (await _database.Keys.FindAsync("k", default))!.Name, StringComparison.Ordinal);
    }

    private static Account Administrator(string id) => Made(id, id) with { PasswordHash = "x", Role = AccountRole.Administrator };

    private IAccountStore Accounts => _database.Accounts;

    private static Account Made(string id, string name) => new() { Id = id, Name = name, CreatedAt = At };
}
