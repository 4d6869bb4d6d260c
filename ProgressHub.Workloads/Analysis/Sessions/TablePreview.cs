using System.Text.Json;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>How a file was read, and the first of its rows, so that a person sees whether that is right.</summary>
/// <param name="Name">What the file is called.</param>
/// <param name="Rows">How many rows the table has.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="First">Its first rows, up to <see cref="MaxRows"/>: an array of cells each.</param>
/// <param name="Reading">How the file was read, in the shape in which it can be corrected.</param>
/// <param name="Wanted">What of that a person said; null where all was found out.</param>
internal sealed record TablePreview(
    string Name, long Rows, IReadOnlyList<ResultColumn> Columns, JsonElement First, TableReading? Reading, TableReading? Wanted)
{
    /// <summary>How many rows a preview has at most.</summary>
    public const int MaxRows = 20;
}
