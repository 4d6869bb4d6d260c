using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sandbox;

/// <summary>What a query gave.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">
/// Its rows: each value a <see cref="long"/>, a <see cref="decimal"/>, a <see cref="double"/>, a <see cref="bool"/>, a text, or null.
/// </param>
/// <param name="Truncated">Whether there were more rows.</param>
internal sealed record QueryResult(
    IReadOnlyList<ResultColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, bool Truncated);

/// <summary>A column of a result.</summary>
/// <param name="Name">What the query calls it.</param>
/// <param name="Type">What its values are.</param>
public sealed record ResultColumn(string Name, ColumnType Type);
