using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Tests.Accounts;

/// <summary>A place where accounts are kept.</summary>
internal interface IAccountsUnderTest : IDisposable
{
    /// <summary>Opens it; as often as the place allows.</summary>
    AccountDatabase Open(AccessChanges changes);
}

/// <summary>A file in a folder of its own.</summary>
internal sealed class SqliteAccounts : IAccountsUnderTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-accounts-");

    public AccountDatabase Open(AccessChanges changes) =>
        new(_folder.FullName, TimeProvider.System, changes, NullLogger<AccountDatabase>.Instance);

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>A schema of a real server; each that opens it is as another node.</summary>
internal sealed class PostgresAccounts(string schema) : IAccountsUnderTest
{
    public AccountDatabase Open(AccessChanges changes) =>
        AccountDatabase.Shared(schema, TimeProvider.System, changes, NullLogger<AccountDatabase>.Instance);

    public void Dispose()
    {
    }
}
