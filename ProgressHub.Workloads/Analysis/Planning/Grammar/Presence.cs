using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// What it means that a row has something, or has none of it, by what its column holds: a yes, more than 0, another value than
/// "none", or any at all.
/// </summary>
internal static class Presence
{
    /// <summary>The condition, and what it says in words; null where all rows have it, so that nothing is told apart.</summary>
    /// <param name="column">The column of it.</param>
    /// <param name="has">Whether rows have it, or not.</param>
    public static (Condition Condition, string Words)? Of(TableColumn column, bool has)
    {
        if (column.IsFlag())
            return (new Condition.Flag(column, has), $"{column.Name} is {(has ? "yes" : "no")}");
        List<(Condition Condition, string Words)> none = [];
        if (column.Values.Where(v => v.ToLowerInvariant() is "none" or "no" or "nothing" or "nil" or "-").ToList() is { Count: > 0 } values)
            none.Add((new Condition.OneOf(column, values), $"{column.Name} is {string.Join(" or ", values)}"));
        if (HasZeros(column))
            none.Add((new Condition.Compare(new Expr.Of(column), "=", new Expr.Number(0)), $"{column.Name} is 0"));
        if (column.Empty > 0)
            none.Add((new Condition.Empty(column), $"{column.Name} is empty"));
        if (none.Count == 0)
            return has ? null : (new Condition.Empty(column), $"{column.Name} is empty");
        var words = string.Join(" or ", none.Select(n => n.Words));
        if (!has)
            return none is [var only] ? only : (new Condition.Any([.. none.Select(n => n.Condition)]), words);
        // An empty number is not above 0 either.
        return HasZeros(column) ? (new Condition.Compare(new Expr.Of(column), ">", new Expr.Number(0)), $"{column.Name} is above 0")
            : none is [(Condition.Empty, _)] ? (new Condition.Not(none[0].Condition), $"{column.Name} is filled in")
            : (new Condition.Not(none is [var other] ? other.Condition : new Condition.Any([.. none.Select(n => n.Condition)])), $"not: {words}");
    }

    /// <summary>Whether 0 is none of it: where a column counts quantities from 0 on, or has a number in each row.</summary>
    public static bool HasZeros(TableColumn column) => column.IsMeasure() && (column.AddsUp() == true || column.Empty == 0)
        && double.TryParse(column.Min, CultureInfo.InvariantCulture, out var least) && least == 0;
}
