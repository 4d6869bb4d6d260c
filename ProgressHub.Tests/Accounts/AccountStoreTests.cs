using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Tests.Accounts;

/// <summary>What every store of accounts keeps; the embedded one so far.</summary>
public sealed class AccountStoreTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-accounts-");
    private readonly AccessChanges _changes = new();
    private readonly AccountDatabase _database;
    private int _told;

    public AccountStoreTests()
    {
        _database = new AccountDatabase(_folder.FullName, TimeProvider.System, _changes, NullLogger<AccountDatabase>.Instance);
        _changes.Changed += () => Interlocked.Increment(ref _told);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
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

    private IAccountStore Accounts => _database.Accounts;

    private static Account Made(string id, string name) => new() { Id = id, Name = name, CreatedAt = At };
}
