using ProgressHub.Core.Accounts;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.AspNetCore.Accounts;

namespace ProgressHub.Tests.Accounts;

/// <summary>How the first administrator comes to be.</summary>
public sealed class SetupTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-setup-");
    private readonly AccountDatabase _database;
    private readonly AccountDirectory _accounts;

    public SetupTests()
    {
        _database = new AccountDatabase(_folder.FullName, TimeProvider.System, new AccessChanges(), NullLogger<AccountDatabase>.Instance);
        _accounts = new AccountDirectory(_database, new Passwords(), TimeProvider.System);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_code_makes_one_administrator_who_has_what_was_made_before_anybody_signed_in()
    {
        using var setup = new SetupCode(_accounts);
        var code = await setup.FindAsync(CancellationToken.None);

        var made = await Task.WhenAll(
            setup.UseAsync(code, "ann", "a long password", CancellationToken.None), setup.UseAsync(code, "bob", "a long password", CancellationToken.None));

        var admin = Assert.Single(made, account => account is not null)!;
        Assert.Equal((AccountDirectory.FirstId, AccountRole.Administrator), (admin.Id, admin.Role));
        Assert.Null(await setup.FindAsync(CancellationToken.None));
        Assert.Null(await setup.UseAsync(code, "eve", "a long password", CancellationToken.None));
    }

    [Fact]
    public async Task Another_code_makes_nobody()
    {
        using var setup = new SetupCode(_accounts);
        using var other = new SetupCode(_accounts);

        Assert.Null(await setup.UseAsync(await other.FindAsync(CancellationToken.None), "ann", "a long password", CancellationToken.None));
        Assert.Null(await setup.UseAsync(null, "ann", "a long password", CancellationToken.None));
        Assert.False(await _accounts.HasAdministratorAsync(CancellationToken.None));
    }
}
