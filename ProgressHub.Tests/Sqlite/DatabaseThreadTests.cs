using Microsoft.Data.Sqlite;
using ProgressHub.Core.Sqlite;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Sqlite;

public sealed class DatabaseThreadTests
{
    [Fact]
    public async Task A_connection_that_broke_while_nobody_used_it_is_opened_anew()
    {
        List<SqliteConnection> opened = [];
        var thread = new DatabaseThread<SqliteConnection>("test", 8, "test", Open, static _ => null);
        await thread.RunAsync(static _ => 0, default);

        opened[0].Close();

        Assert.Equal("3", await thread.RunAsync(static connection => Ask(connection, "SELECT 1 + 2"), default));
        Assert.Equal(2, opened.Count);
        thread.Close();
        await thread.Ended.Soon();

        SqliteConnection Open()
        {
            var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            opened.Add(connection);
            return connection;
        }
    }

    private static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }
}
