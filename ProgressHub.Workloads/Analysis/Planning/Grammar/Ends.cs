using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Columns that are the two ends of a way, which "from" and "to" tell apart: origin and destination, sender and receiver.</summary>
internal static class Ends
{
    private static readonly FrozenSet<string> Starts = FrozenSet.ToFrozenSet(["origin", "from", "source", "start", "departure", "sender", "pickup", "von", "begin"]);
    private static readonly FrozenSet<string> Goals = FrozenSet.ToFrozenSet(["destination", "to", "target", "arrival", "end", "receiver", "recipient", "dropoff", "nach", "dest"]);

    /// <summary>The values that the preposition before them leaves: of the end that it names, where the table has both.</summary>
    public static IReadOnlyList<ValueSense> Of(TableTerms terms, Lex preposition, IReadOnlyList<ValueSense> senses)
    {
        if (preposition is not (Lex.From or Lex.To) || !terms.Table.Columns.Any(c => Is(c, Starts)) || !terms.Table.Columns.Any(c => Is(c, Goals)))
            return senses;
        var (own, other) = preposition == Lex.From ? (Starts, Goals) : (Goals, Starts);
        List<ValueSense> named = [.. senses.Where(s => Is(s.Column, own))];
        return named.Count > 0 ? named : [.. senses.Where(s => !Is(s.Column, other))];
    }

    /// <summary>Both ends, where a piece is a word for the way between them that no column is called: route.</summary>
    public static (TableColumn From, TableColumn To)? WayOf(Sentence sentence, int at) =>
        sentence[at] is { IsUnknown: true, Stem: "route" or "connection" or "relation" } && sentence.Terms.Table.Columns.Where(c => Is(c, Starts)).ToList() is [var from] && sentence.Terms.Table.Columns.Where(c => Is(c, Goals)).ToList() is [var to]
            ? (from, to) : null;

    private static bool Is(TableColumn column, FrozenSet<string> end) => column.IsCategory() && column.Parts().Any(end.Contains);
}
