using System.Globalization;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Web.Components.Chat;

/// <summary>A session's table as a person reads it.</summary>
internal static class SessionWords
{
    /// <summary>The table's name, where the session's is another, and its size as far as it is known: <c>prices.csv · 4,000 rows · 8 columns</c>.</summary>
    public static string Facts(AnalysisSession session)
    {
        var size = session.Data is { } table
            ? $"{Count(table.Rows, "row")} · {Count(table.Columns.Count, "column")}"
            : "read with the first question";
        return session.DataName == session.Name ? size : $"{session.DataName} · {size}";
    }

    public static string Count(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    public static string TypeOf(ResultColumn column) => column.Type switch
    {
        ColumnType.Whole => "whole number",
        ColumnType.Real => "number",
        ColumnType.Boolean => "yes or no",
        ColumnType.Date => "date",
        ColumnType.DateTime => "date and time",
        _ => "text",
    };
}
