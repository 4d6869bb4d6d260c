using System.Text.Json;
using DuckDB.NET.Data;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Sandbox;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// Runs a query in the worker, on a connection that can only read the one file and can't be told otherwise. The engine's own
/// bounds do not hold in every case; the worker's memory, its deadline and its end do.
/// </summary>
/// <param name="request">The query.</param>
/// <param name="connection">A connection to an <see cref="OpenTable"/>, for this query alone.</param>
internal sealed class QueryRunner(QueryRequest request, DuckDBConnection connection)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="WorkloadException"><c>query_too_large</c> or <c>query_failed</c>.</exception>
    public QueryReply Run(bool onlyCheck)
    {
        var sql = request.Sql.Trim().TrimEnd(';').TrimEnd();
        if (sql.Length is 0 or > QueryLimits.Length || sql.Contains('\0', StringComparison.Ordinal))
            return Refused($"has 1 to {QueryLimits.Length} characters");
        if (Refusal(sql) is { } refusal)
            return Refused(refusal);
        return onlyCheck ? new QueryReply([], null, false, null) : Read(sql);
    }

    private string? Refusal(string sql)
    {
        using var parse = connection.CreateCommand();
        parse.CommandText = "SELECT json_serialize_sql($1::VARCHAR)";
        parse.Parameters.Add(new DuckDBParameter(sql));
        try
        {
            using var tree = JsonDocument.Parse((string)parse.ExecuteScalar()!, new JsonDocumentOptions { MaxDepth = 1000 });
            if (StatementGuard.Refusal(tree.RootElement, sql) is { } refusal)
                return refusal;
        }
        catch (DuckDBException failure)
        {
            return $"can't be compiled: {OneLine(failure)}";
        }
        catch (JsonException)
        {
            return "is too deep";
        }

        // EXPLAIN binds all names and types, and runs nothing.
        using var bind = connection.CreateCommand();
        bind.CommandText = $"EXPLAIN {sql}";
        try
        {
            bind.ExecuteNonQuery();
            return null;
        }
        catch (DuckDBException failure)
        {
            return $"can't be compiled: {OneLine(failure)}";
        }
    }

    private QueryReply Read(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        try
        {
            using var reader = command.ExecuteReader();
            if (reader.FieldCount > QueryLimits.Columns)
                throw TooLarge();
            return ResultWriter.Write((DuckDBDataReader)reader, request.MaxRows, request.MaxBytes);
        }
        catch (Exception exception) when (exception is OutOfMemoryException || exception.Message.Contains("Out of Memory", StringComparison.Ordinal))
        {
            throw TooLarge();
        }
        catch (DuckDBException failure)
        {
            throw new WorkloadException("query_failed", $"The query failed: {OneLine(failure)}.");
        }
    }

    private static WorkloadException TooLarge() =>
        new("query_too_large", "The query needs more memory than it may take; narrow it down.");

    // DuckDB draws the place below its message; its candidates may be many.
    private static string OneLine(DuckDBException failure)
    {
        var first = failure.Message.Split('\n')[0].Trim().TrimEnd('.');
        return first.Length <= 300 ? first : $"{first[..300]}…";
    }

    private static QueryReply Refused(string reason) => new([], null, false, reason);
}
