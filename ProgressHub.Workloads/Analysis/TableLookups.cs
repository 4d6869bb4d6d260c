using System.ComponentModel;
using System.Globalization;
using Microsoft.SemanticKernel;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Prompts;

namespace ProgressHub.Workloads.Analysis;

/// <summary>What a model may look up in a table before it answers: each lookup is told, and queries run in the sandbox.</summary>
internal sealed class TableLookups
{
    private const int Most = 6;
    private const int MaxRows = 20;
    private const int MaxValues = 50;
    private const int MaxCharacters = 4000;
    private const int MaxTold = 300;

    private readonly TableProfile _table;
    private readonly ITableQueries _queries;

    /// <param name="table">The table.</param>
    /// <param name="queries">Runs queries over it.</param>
    /// <param name="log">Where lookups are told.</param>
    /// <param name="step">In which step.</param>
    public TableLookups(TableProfile table, ITableQueries queries, StepLog log, int step)
    {
        _table = table;
        _queries = queries;
        Functions = new ChatFunctions(
            [
                KernelFunctionFactory.CreateFromMethod(Describe, "describe", "Says what a column of the table holds."),
                KernelFunctionFactory.CreateFromMethod(SampleAsync, "sample", "Gives some rows of the table."),
                KernelFunctionFactory.CreateFromMethod(RunAsync, "run", "Runs a query over the table and gives its first rows."),
            ],
            PromptFile.Get("Analysis", "lookups"), Most)
        {
            Calling = (number, name, arguments) => log.InfoAsync(step, Told(number, name, arguments)),
            Without = () => log.InfoAsync(step, "The model takes no functions; it plans from the table's columns"),
        };
    }

    /// <summary>The functions.</summary>
    public ChatFunctions Functions { get; }

    private static string Told(int number, string name, KernelArguments arguments)
    {
        var what = QueryExecution.OneLine(string.Join(", ", arguments.Values.Select(value => $"{value}")));
        return string.Create(
            CultureInfo.InvariantCulture, $"The model looks something up ({number} of {Most}): {name} {(what.Length <= MaxTold ? what : $"{what[..MaxTold]}…")}");
    }

    private string Describe([Description("The column's name.")] string column)
    {
        var found = _table.Columns.FirstOrDefault(c => string.Equals(c.Name, column.Trim('"', ' '), StringComparison.OrdinalIgnoreCase));
        if (found is null)
            return $"There is no such column. The columns are {string.Join(", ", _table.Columns.Select(c => c.Sql))}.";
        var values = found.Values.Count > 0 ? found.Values : found.Samples;
        return string.Create(CultureInfo.InvariantCulture, $"{found.Sql} {found.Stored}, {found.Empty} empty") +
            (found.Distinct is { } distinct ? string.Create(CultureInfo.InvariantCulture, $", about {distinct} different values") : "") +
            (found.Min is not null ? $", {found.Min} to {found.Max}" : "") +
            (found.Unit is not null ? $", in {found.Unit}" : "") +
            (values.Count > 0 ? $": {string.Join(", ", values.Take(MaxValues))}" : "");
    }

    private Task<string> SampleAsync(
        [Description("How many rows, at most 20.")] int rows, CancellationToken cancellationToken) => RunAsync(
            string.Create(CultureInfo.InvariantCulture, $"SELECT * FROM {TableProfile.Table} LIMIT {Math.Clamp(rows, 1, MaxRows)}"), cancellationToken);

    private async Task<string> RunAsync(
        [Description("One SELECT over the table.")] string sql, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _queries.RunAsync(_table.Id, sql, cancellationToken);
            var shown = RowsJson.Write(result with { Rows = [.. result.Rows.Take(MaxRows)] }).GetRawText();
            return $"Columns: {string.Join(", ", result.Columns.Select(c => c.Name))}. " +
                string.Create(CultureInfo.InvariantCulture, $"{result.Rows.Count}{(result.Truncated ? " or more" : "")} rows, the first {Math.Min(result.Rows.Count, MaxRows)}: ") +
                (shown.Length <= MaxCharacters ? shown : $"{shown[..MaxCharacters]}…");
        }
        catch (UnsafeQueryException refused)
        {
            return $"Refused: the query {refused.Message}.";
        }
        catch (WorkloadException failed) when (!failed.IsTransient)
        {
            return failed.Message;
        }
    }
}
