using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// Brings a database to the schema this code knows: the steps it lacks, in order, each in a transaction of its own and
/// recorded in a table of versions. After a failure the connection is to be dropped.
/// </summary>
internal sealed partial class SchemaMigrator(
    IReadOnlyList<MigrationScript> scripts, string location, TimeProvider time, ILogger logger, string table = "schema_version")
{
    /// <summary>Applies what is missing.</summary>
    /// <param name="connection">The connection that writes.</param>
    /// <param name="earlier">
    /// The version of a database that has no <c>schema_version</c> yet because it kept its number elsewhere; 0 for none.
    /// </param>
    /// <exception cref="InvalidOperationException">A newer version of this program made the database.</exception>
    public void Migrate(DbConnection connection, int earlier = 0)
    {
        using (var command = Command(
            connection, $"CREATE TABLE IF NOT EXISTS {table} (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)"))
        {
            command.ExecuteNonQuery();
        }

        var recorded = Convert.ToInt32(Scalar(connection, $"SELECT COALESCE(MAX(version), 0) FROM {table}"), CultureInfo.InvariantCulture);
        var current = Math.Max(recorded, earlier);
        if (current > scripts.Count)
        {
            var name = Scalar(connection, $"SELECT name FROM {table} ORDER BY version DESC LIMIT 1");
            throw new InvalidOperationException(
                $"{location} has schema version {current}{(name is null ? "" : $" ({name})")}, made by a newer ProgressHub; this one " +
                $"knows versions up to {scripts.Count}. Run the newer one, or restore a backup from before the upgrade.");
        }

        foreach (var script in scripts.Skip(recorded))
            Apply(connection, script, isThere: script.Version <= earlier);
    }

    private void Apply(DbConnection connection, MigrationScript script, bool isThere)
    {
        using var transaction = connection.BeginTransaction();
        if (!isThere)
        {
            using var step = Command(connection, script.Sql, transaction);
            step.ExecuteNonQuery();
        }

        using var record = Command(
            connection, $"INSERT INTO {table} (version, name, applied_at) VALUES (@version, @name, @at)", transaction,
            ("@version", script.Version), ("@name", script.Name),
            ("@at", time.GetUtcNow().UtcTicks - DateTimeOffset.UnixEpoch.Ticks));
        record.ExecuteNonQuery();
        transaction.Commit();
        if (!isThere)
            LogApplied(location, script.Version, script.Name);
    }

    private static object? Scalar(DbConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        return command.ExecuteScalar();
    }

    private static DbCommand Command(
        DbConnection connection, string sql, DbTransaction? transaction = null, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    [LoggerMessage(LogLevel.Information, "{Location} now has schema version {Version} ({Name}).")]
    private partial void LogApplied(string location, int version, string name);
}
