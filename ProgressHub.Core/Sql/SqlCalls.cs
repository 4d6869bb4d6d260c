using System.Data.Common;
using Dapper;
using ProgressHub.Core.Postgres;

namespace ProgressHub.Core.Sql;

/// <summary>Runs statements on a connection. Values are an object whose properties are the parameters.</summary>
public sealed class SqlCalls
{
    private readonly DbConnection _connection;
    private readonly bool _isPostgres;

    internal SqlCalls(DbConnection connection, bool isPostgres) => (_connection, _isPostgres) = (connection, isPostgres);

    /// <summary>Runs a statement; as many times as there are values where they are a list.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, object values) => values is IEnumerable<object> all
        ? all.Sum(each => _connection.Execute(sql, ToStored(each)))
        : _connection.Execute(sql, ToStored(values));

    /// <summary>All rows of a query.</summary>
    public IEnumerable<T> Query<T>(string sql, object? values = null) => _connection.Query<T>(sql, ToStored(values));

    /// <summary>Its row; the default where there is none.</summary>
    public T? QuerySingleOrDefault<T>(string sql, object values) => _connection.QuerySingleOrDefault<T>(sql, ToStored(values));

    /// <summary>Its first value; the default where there is no row.</summary>
    public T? ExecuteScalar<T>(string sql, object values) => _connection.ExecuteScalar<T>(sql, ToStored(values));

    /// <summary>The condition that a column has one of the values that a parameter lists.</summary>
    /// <param name="column">The column.</param>
    /// <param name="parameter">The name of the parameter, an array.</param>
    public string IsAnyOf(string column, string parameter) =>
        _isPostgres ? $"{column} = ANY(@{parameter})" : $"{column} IN @{parameter}";

    private object? ToStored(object? values) => _isPostgres ? new PostgresParameters(values) : values;
}
