using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Has workers read files and run queries; what goes wrong in one is a failure with a code here, and no more.</summary>
internal sealed class TableEngine(TableWorkers workers, Func<string, string> pathOf, IOptions<AnalysisOptions> options) : ITableQueries
{
    private static readonly TimeSpan ToCheck = TimeSpan.FromSeconds(10);

    // DuckDB's own clock is not asked: the worker is killed at the deadline, whatever it is at.
    private static readonly TimeSpan ToOpen = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads a file into a database.</summary>
    /// <exception cref="WorkloadException">As <see cref="TableImport.Run"/> says, and <c>import_timeout</c>, <c>table_too_complex</c> or <c>import_failed</c>.</exception>
    public async Task<TableProfile> ImportAsync(ImportRequest request, Action<ImportProgress> progress, CancellationToken cancellationToken)
    {
        var input = JsonSerializer.SerializeToElement(request, EngineJson.Default.ImportRequest);
        try
        {
            var result = await workers.Imports.RunAsync(
                new WorkerRequest(TableWorker.Import, input),
                said => progress(said.Deserialize(EngineJson.Default.ImportProgress)!),
                options.Value.ImportTimeout, cancellationToken);
            return result.Deserialize(EngineJson.Default.TableProfile)!;
        }
        catch (WorkerEndedException ended)
        {
            throw ended.End switch
            {
                WorkerEnd.Deadline => new WorkloadException("import_timeout", string.Create(
                    CultureInfo.InvariantCulture, $"Reading the table was stopped after {options.Value.ImportTimeout.TotalSeconds:0.#} s."), ended),
                WorkerEnd.OutOfMemory => new WorkloadException("table_too_complex", "The table needs more memory to be read than it may take.", ended),
                WorkerEnd.NotStarted => Unavailable(ended),
                _ => new WorkloadException("import_failed", "The file could not be read: it ended the process that read it.", ended),
            };
        }
    }

    public async Task<QueryResult> RunAsync(string tableId, string sql, CancellationToken cancellationToken) =>
        ResultReading.Of(await AskAsync(TableWorker.Query, tableId, sql, options.Value.QueryTimeout, cancellationToken));

    public Task CheckAsync(string tableId, string sql, CancellationToken cancellationToken) =>
        AskAsync(TableWorker.Check, tableId, sql, ToCheck, cancellationToken);

    private async Task<QueryReply> AskAsync(string operation, string tableId, string sql, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var request = new QueryRequest(pathOf(tableId), sql, options.Value.MaxRows, options.Value.MaxResultBytes);
        var input = JsonSerializer.SerializeToElement(request, EngineJson.Default.QueryRequest);
        try
        {
            var result = await workers.Queries.RunAsync(new WorkerRequest(operation, input), null, deadline + ToOpen, cancellationToken);
            var reply = result.Deserialize(EngineJson.Default.QueryReply)!;
            return reply.Refusal is { } refusal ? throw new UnsafeQueryException(refusal) : reply;
        }
        catch (WorkerEndedException ended)
        {
            throw ended.End switch
            {
                WorkerEnd.Deadline => new WorkloadException("query_timeout", string.Create(
                    CultureInfo.InvariantCulture, $"The query was stopped after {deadline.TotalSeconds:0.#} s; narrow it down."), ended),
                WorkerEnd.OutOfMemory => new WorkloadException("query_too_large", "The query needs more memory than it may take; narrow it down.", ended),
                WorkerEnd.NotStarted => Unavailable(ended),
                _ => new WorkloadException("query_failed", "The query failed: it ended the process that ran it.", ended),
            };
        }
    }

    private static WorkloadException Unavailable(WorkerEndedException ended) =>
        new("engine_unavailable", "The process that reads tables can't be started now; the server's log says why.", ended) { IsTransient = true };
}
