using ProgressHub.Tests.Accounts.Shares;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

public sealed class SqliteAccountStoreTests() : AccountStoreContract(new SqliteAccounts());

public sealed class SqliteJobShareStoreTests() : JobShareStoreContract(new SqliteAccounts());

[Collection(PostgresTests.Name)]
public sealed class PostgresAccountStoreTests(PostgresServer server) : AccountStoreContract(new PostgresAccounts(server.NewSchema()));

[Collection(PostgresTests.Name)]
public sealed class PostgresJobShareStoreTests(PostgresServer server) : JobShareStoreContract(new PostgresAccounts(server.NewSchema()));
