using System.Text.Json;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.AspNetCore.Analysis;

/// <summary>What is to be read for a look at it.</summary>
internal sealed record PreviewRequest
{
    /// <summary>A table that comes with the server, such as <c>prices</c>.</summary>
    public string? Sample { get; init; }

    /// <summary>The id of an upload.</summary>
    public string? File { get; init; }

    /// <summary>How the file is to be read; all of it may be left out.</summary>
    public TableReading? Reading { get; init; }
}

/// <summary>How a file was read, and the first of its rows.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="Rows">How many rows the table has.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="First">Its first rows, up to 20: an array of cells each.</param>
/// <param name="Reading">How it was read, in the shape in which it can be corrected.</param>
/// <param name="Wanted">What of that somebody said; missing where all was found out.</param>
internal sealed record PreviewView(
    string Name, long Rows, IReadOnlyList<ResultColumn> Columns, JsonElement First, TableReading? Reading, TableReading? Wanted);
