using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>A column with the words of its name.</summary>
/// <param name="Column">The column.</param>
/// <param name="Parts">The words, as stems.</param>
/// <param name="Bare">The words without a unit at the end.</param>
internal sealed record NamedColumn(TableColumn Column, IReadOnlyList<string> Parts, IReadOnlyList<string> Bare)
{
    private static readonly FrozenSet<string> Places = FrozenSet.ToFrozenSet(["city", "country", "airport", "port", "station", "site", "town", "region", "place"]);
    private static readonly FrozenSet<string> Roles = FrozenSet.ToFrozenSet(["origin", "orig", "dest", "destination", "source", "target", "home"]);

    /// <summary>What it is a name of: <c>rep</c> of sales_rep, <c>customer</c> of customer_name, but not <c>product</c> of product_category.</summary>
    public IReadOnlyList<string> Heads { get; } = HeadsOf(Bare);

    /// <summary>Whether one of the words is short for several, such as <c>bp</c> for blood pressure: their first letters.</summary>
    public bool IsShortFor(IReadOnlyList<string> stems) => stems.Count is > 1 and < 5 && stems.All(s => s == "of" || (s.Length > 2 && char.IsLetter(s[0]) && Lexicon.Of(s) == Lex.None))
        && string.Concat(stems.Select(s => s[0])) is var initials && Bare.Contains(initials) && !RowNouns.Tails.Contains(initials) && !Fillers.Particles.Contains(initials) && !Lexicon.IsWord(initials);

    private static string[] HeadsOf(IReadOnlyList<string> parts)
    {
        var last = parts.Count - 1;
        while (last > 0 && RowNouns.Tails.Contains(parts[last]))
            last--;
        // The origin is a city of its own: origin_city, dest_city.
        var isRole = last > 0 && Places.Contains(parts[last]) && Roles.Contains(parts[last - 1]);
        return [.. parts.Skip(Math.Max(0, isRole ? last - 1 : last))];
    }
}
