using System.Data;
using System.Data.Common;

namespace ProgressHub.Core.Storage;

/// <summary>
/// A connection with the commands that were prepared on it. Used by one thread at a time; its calls block.
/// </summary>
internal sealed class SqlSession(DbConnection connection, SqlDialect dialect) : IDisposable
{
    private readonly Dictionary<SqlStatement, DbCommand> _commands = [];
    private DbTransaction? _transaction;

    public DbConnection Connection => connection;

    /// <summary>Whether the connection broke while nobody used it: another one is to be opened.</summary>
    public bool IsBroken => connection.State != ConnectionState.Open;

    public void Begin() => _transaction = connection.BeginTransaction();

    public void Commit()
    {
        _transaction?.Commit();
        EndTransaction();
    }

    public void Rollback()
    {
        _transaction?.Rollback();
        EndTransaction();
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(SqlStatement statement, params ReadOnlySpan<object?> values) =>
        Bind(statement, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null where there is no row or the column is null.</summary>
    public object? Scalar(SqlStatement statement, params ReadOnlySpan<object?> values) =>
        Bind(statement, values).ExecuteScalar() is var value && value is DBNull ? null : value;

    /// <summary>The first row; the default where there is none.</summary>
    public T? First<T>(SqlStatement statement, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(statement, values).ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    /// <summary>All rows.</summary>
    public List<T> Query<T>(SqlStatement statement, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(statement, values).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a statement once for each set of values, in one round trip where the driver can.</summary>
    /// <returns>For each how many rows it changed.</returns>
    public IReadOnlyList<int> ExecuteTogether(SqlStatement statement, IReadOnlyList<object?[]> sets)
    {
        if (sets.Count == 0 || !connection.CanCreateBatch)
            return [.. sets.Select(values => Execute(statement, values))];
        using var batch = connection.CreateBatch();
        batch.Transaction = _transaction;
        foreach (var values in sets)
        {
            var command = batch.CreateBatchCommand();
            command.CommandText = statement.Text;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (statement.Parameters[i], Stored(values[i]));
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery();
        return [.. batch.BatchCommands.Select(command => command.RecordsAffected)];
    }

    /// <summary>Runs text that is not worth keeping prepared: a migration, a setting of the database.</summary>
    public void Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
        EndTransaction();
        connection.Dispose();
    }

    private void EndTransaction()
    {
        _transaction?.Dispose();
        _transaction = null;
    }

    private DbCommand Bind(SqlStatement statement, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(statement, out var command))
            _commands.Add(statement, command = Prepare(statement));
        if (values.Length != command.Parameters.Count)
            throw new ArgumentException($"{values.Length} values do not fit the parameters of: {statement.Text}");

        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = Stored(values[i]);
        return command;
    }

    private object Stored(object? value) => value is null ? DBNull.Value : dialect.ToStored(value);

    private DbCommand Prepare(SqlStatement statement)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Text;
        foreach (var name in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
