using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Analysis.Sandbox;

/// <summary>Runs queries over tables, whoever wrote them: each reads the one table within its limits, and does nothing else.</summary>
internal interface ITableQueries
{
    /// <summary>Runs a query.</summary>
    /// <exception cref="UnsafeQueryException">It may not run, or is no query over this table.</exception>
    /// <exception cref="WorkloadException">
    /// <c>query_timeout</c>, <c>query_too_large</c>, <c>query_failed</c>, or, which may pass, <c>table_unavailable</c>.
    /// </exception>
    Task<QueryResult> RunAsync(string tableId, string sql, CancellationToken cancellationToken);

    /// <summary>Finds out whether a query may run and fits the table, without running it.</summary>
    /// <exception cref="UnsafeQueryException">It may not, or does not.</exception>
    /// <exception cref="WorkloadException">As of <see cref="RunAsync"/>.</exception>
    Task CheckAsync(string tableId, string sql, CancellationToken cancellationToken);
}
