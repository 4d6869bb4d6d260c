using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>How long something took, of a table: a column that says it, or the days between the two times at which it began and ended.</summary>
internal static class Spans
{
    // Times at which something should be, or is of something else.
    private static readonly FrozenSet<string> NotOfIt = FrozenSet.ToFrozenSet(
        ["promised", "planned", "scheduled", "expected", "due", "deadline", "estimated", "target", "birth", "born", "birthday", "birthdate", "dob", "update", "updated", "modified", "changed", "expiry", "expires"]);

    private static readonly FrozenSet<string> Planned = FrozenSet.ToFrozenSet(["promised", "planned", "scheduled", "expected", "due", "deadline", "target"]);

    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(["duration", "runtime", "stay", "downtime"]);

    /// <summary>Whether a time is one at which something was to be.</summary>
    public static bool IsPlanned(TableColumn column) => column.Parts().Any(Planned.Contains);

    /// <summary>The one column of numbers that says how long; null where there is none, or several.</summary>
    public static TableColumn? Column(TableProfile table) =>
        table.Columns.Where(c => c.IsMeasure() && (c.Parts().Any(Names.Contains) || c.Parts() is [var only] && UnitWords.IsTime(only))).ToList() is [var column] ? column : null;

    /// <summary>The days from the one time that something began to the one that it ended; null where the table does not say them.</summary>
    public static Expr.Days? Days(TableProfile table)
    {
        var times = Actual(table);
        // What all rows have began it, and what some do not have yet ends it.
        if (times.Count == 2 && times.Find(c => c.Empty == 0) is { } from && times.Find(c => c.Empty > 0) is { } to && !TimeColumn.IsEnding(from))
            return new Expr.Days(from, to);
        if (times is not [var a, var b] || !(TimeColumn.IsEnding(a) || TimeColumn.IsEnding(b) || IsOffer(a) || IsOffer(b)))
            return null;
        return (TimeColumn.IsEnding(a) && !TimeColumn.IsEnding(b)) || IsOffer(b) ? new Expr.Days(b, a) : new Expr.Days(a, b);
    }

    /// <summary>The days from when something began to a time that is named; null where the table does not say when that was.</summary>
    public static Expr.Days? DaysTo(TableProfile table, TableColumn end)
    {
        var others = Actual(table).Where(c => c != end).ToList();
        var begin = others is [var only] ? only : others.Where(TimeColumn.IsBeginning).ToList() is [var first] ? first : null;
        return begin is null || others.Count > 1 && TimeColumn.IsBeginning(end) && !TimeColumn.IsEnding(end) ? null : new Expr.Days(begin, end);
    }

    // What is offered, or asked for, is sold or granted later.
    private static bool IsOffer(TableColumn column) => column.Parts().Any(p => p is "listed" or "offered" or "quoted" or "requested" or "applied");

    private static List<TableColumn> Actual(TableProfile table) => [.. table.Columns.Where(c => c.IsTime && !c.Parts().Any(NotOfIt.Contains))];
}
