using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProgressHub.Core.Postgres;
using ProgressHub.Core.Storage.Postgres;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Postgres;

/// <summary>A program that stands still in the middle of a transaction keeps nobody from its rows for long.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresFreezeTests(PostgresServer server)
{
    [Fact]
    public async Task A_transaction_that_stands_still_is_undone_and_who_comes_back_to_it_sees_an_outage()
    {
        var schema = server.NewSchema();
        var dialect = new PostgresDialect(schema, "", TimeProvider.System, NullLogger.Instance);
        await using var other = new NpgsqlConnection($"{schema};Pooling=false");
        await other.OpenAsync();
        await RunAsync(other, "CREATE TABLE rows (n bigint); INSERT INTO rows VALUES (1)");
        await using var frozen = (NpgsqlConnection)dialect.OpenWriter();
        await frozen.BeginTransactionAsync();
        await RunAsync(frozen, "UPDATE rows SET n = 2");

        await RunAsync(other, "UPDATE rows SET n = 3").Soon();

        var late = await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(frozen, "UPDATE rows SET n = 4"));
        Assert.NotNull(dialect.WhyUnavailable(late));
    }

    [Theory]
    [InlineData("25P03", true)]
    [InlineData("25P04", true)]
    [InlineData("25P02", false)]
    public void A_transaction_that_was_ended_for_standing_still_is_no_fault_of_its_statement(string state, bool isOutage) =>
        Assert.Equal(isOutage, PostgresOutage.Explain(new PostgresException("terminating connection", "FATAL", "FATAL", state)) is not null);

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
