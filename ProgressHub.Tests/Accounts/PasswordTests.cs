using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Tests.Accounts;

/// <summary>Passwords: what checking one costs, and how one's own is changed.</summary>
public sealed class PasswordTests : IDisposable
{
    private const string Old = "correct horse battery";
    private const string New = "another sentence of mine";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-passwords-");
    private readonly CountedHasher _hasher = new();
    private readonly Passwords _passwords;
    private readonly AccountDatabase _database;
    private readonly OwnPassword _own;

    public PasswordTests()
    {
        _passwords = new Passwords(_hasher);
        _database = new AccountDatabase(_folder.FullName, TimeProvider.System, new AccessChanges(), NullLogger<AccountDatabase>.Instance);
        _own = new OwnPassword(
            _database, _passwords, new AuditTrail(_database, TimeProvider.System), Options.Create(new AuthOptions { MaxFailures = 2 }), TimeProvider.System);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_name_that_nobody_has_costs_as_much_as_a_wrong_password()
    {
        var ann = new Account { Id = "a", Name = "ann", PasswordHash = _passwords.Hash(Old) };
        var vouched = new Account { Id = "b", Name = "bob", Issuer = "https://issuer", Subject = "7" };
        var before = _hasher.Calls;

        foreach (var account in (Account?[])[ann, null, vouched])
        {
            Assert.False(_passwords.IsRight(account, "wrong wrong wrong"));
            Assert.Equal(++before, _hasher.Calls);
        }

        Assert.True(_passwords.IsRight(ann, Old));
        Assert.Equal(++before, _hasher.Calls);
    }

    [Fact]
    public async Task Ones_own_password_is_changed_by_who_knows_it_and_signs_out_everybody_else()
    {
        await AddAsync();
        await AddSessionAsync("here");
        await AddSessionAsync("elsewhere");

        await _own.ChangeAsync("a", "here", Old, New, default);

        var account = await _database.Accounts.FindAsync("a", default);
        Assert.True(_passwords.IsRight(account, New));
        Assert.False(_passwords.IsRight(account, Old));
        Assert.Equal("here", Assert.Single(await _database.Sessions.ListAsync("a", default)).Id);
        Assert.Equal("password.changed", (await _database.Audit.ListAsync(new AuditQuery { Limit = 1 }, default))[0].Action);
    }

    [Fact]
    public async Task Who_does_not_know_it_changes_nothing_and_is_locked_out_in_the_end()
    {
        await AddAsync();
        await AddSessionAsync("elsewhere");

        Assert.Equal("wrong_password", await RefusalAsync("wrong wrong wrong", New));
        Assert.Equal("wrong_password", await RefusalAsync("wrong wrong wrong", New));
        Assert.Equal("account_locked", await RefusalAsync(Old, New));

        Assert.Single(await _database.Sessions.ListAsync("a", default));
        Assert.Equal("password.locked", (await _database.Audit.ListAsync(new AuditQuery { Limit = 1 }, default))[0].Action);
    }

    [Fact]
    public async Task A_short_one_is_refused_and_who_has_none_is_told()
    {
        await AddAsync();
        await _database.Accounts.AddAsync(new Account { Id = "b", Name = "bob", Issuer = "https://issuer", Subject = "7" }, default);

        Assert.Equal("invalid_password", await RefusalAsync(Old, "short"));
        Assert.Equal("no_password", await RefusalAsync(Old, New, "b"));
    }

    private Task<bool> AddAsync() => _database.Accounts.AddAsync(new Account { Id = "a", Name = "ann", PasswordHash = _passwords.Hash(Old) }, default);

    private Task AddSessionAsync(string id) => _database.Sessions.AddAsync(
        new SignInSession { Id = id, AccountId = "a", ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1) }, AccessSecret.HashOf(id), default);

    private async Task<string> RefusalAsync(string old, string wanted, string account = "a") =>
        (await Assert.ThrowsAsync<RefusedException>(() => _own.ChangeAsync(account, null, old, wanted, default))).Problem.Code;

    private sealed class CountedHasher : IPasswordHasher<Account>
    {
        private readonly PasswordHasher<Account> _hasher = new();

        public int Calls { get; private set; }

        public string HashPassword(Account user, string password)
        {
            Calls++;
            return _hasher.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Calls++;
            return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
