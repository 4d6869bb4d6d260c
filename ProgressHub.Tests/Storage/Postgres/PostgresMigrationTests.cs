using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Storage.Postgres;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Postgres;

/// <summary>A database that holds jobs is brought to the present schema with what it holds.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresMigrationTests(PostgresServer server)
{
    [Fact]
    public async Task What_was_used_and_stored_before_it_was_counted_is_counted_afterwards()
    {
        var schema = server.NewSchema();
        var scripts = new PostgresDialect(schema, "", TimeProvider.System, NullLogger.Instance).Migrations;
        await using (var connection = new NpgsqlConnection($"{schema};Pooling=false"))
        {
            await connection.OpenAsync();
            new SchemaMigrator([.. scripts.TakeWhile(script => script.Name != "usage")], "before", TimeProvider.System, NullLogger.Instance).Migrate(connection);
            await using var fill = new NpgsqlCommand(UsageOfBefore.Sql(text => $"convert_to('{text}', 'UTF8')"), connection);
            await fill.ExecuteNonQueryAsync();
        }

        await using var postgres = new PostgresUnderTest(schema, TimeProvider.System);
        await postgres.Store.InitializeAsync(CancellationToken.None);

        await UsageOfBefore.AssertCountedAsync(postgres.Usage);
    }
}
