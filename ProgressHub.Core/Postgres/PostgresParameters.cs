using System.Data;
using Dapper;

namespace ProgressHub.Core.Postgres;

/// <summary>The values of a statement, as PostgreSQL can hold them.</summary>
/// <param name="values">An object whose properties are the parameters.</param>
internal sealed class PostgresParameters(object? values) : SqlMapper.IDynamicParameters
{
    /// <inheritdoc/>
    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        ((SqlMapper.IDynamicParameters)new DynamicParameters(values)).AddParameters(command, identity);
        foreach (IDbDataParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text)
                parameter.Value = PostgresText.Clean(text);
        }
    }
}
