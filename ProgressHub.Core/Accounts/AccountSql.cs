using System.Data.Common;
using Dapper;

namespace ProgressHub.Core.Accounts;

/// <summary>Runs statements on a connection.</summary>
/// <param name="connection">The connection.</param>
/// <param name="toStored">What the database is given in place of values; null for them as they are.</param>
internal readonly struct AccountSql(DbConnection connection, Func<object?, object>? toStored = null)
{
    /// <summary>Runs a statement; as many times as there are values where they are a list.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, object values)
    {
        var (to, on) = (toStored, connection);
        return values is IEnumerable<object> all
            ? all.Sum(each => on.Execute(sql, to?.Invoke(each) ?? each))
            : on.Execute(sql, to?.Invoke(values) ?? values);
    }

    /// <summary>All rows of a query.</summary>
    public IEnumerable<T> Query<T>(string sql, object? values = null) => connection.Query<T>(sql, toStored?.Invoke(values) ?? values);

    /// <summary>Its row; the default where there is none.</summary>
    public T? QuerySingleOrDefault<T>(string sql, object values) =>
        connection.QuerySingleOrDefault<T>(sql, toStored?.Invoke(values) ?? values);
}
