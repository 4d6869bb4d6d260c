using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// Quantities that a table keeps in two parts which are the whole together: goals, of home_goals and away_goals. The bare word is
/// of both, which is said; with a word for one of the parts it is of that part.
/// </summary>
internal static class WholeGrammar
{
    // What there is no third of.
    private static readonly (string One, string Other)[] Halves =
        [("home", "away"), ("male", "female"), ("adult", "child"), ("day", "night"), ("inbound", "outbound"), ("domestic", "international"), ("indoor", "outdoor"), ("online", "offline"), ("first", "second")];

    public static void Apply(Sentence sentence)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence[i] is not { Lex: Lex.None, Formula: null, Column.Likeness: Likeness.Part } item || item.ColumnsWhere(c => c.IsMeasure()) is not [var a, var b] || Parts(a, b) is not var (one, other) || IsOfPart(sentence, one, other))
                continue;
            sentence.Notes.Add($"'{item.Raw}' was read as {a.Name} + {b.Name}.");
            sentence.Merge(i, i + 1, new Item(item.Words) { Formula = new Expr.Binary('+', new Expr.Of(a), new Expr.Of(b)) });
        }
    }

    // The words that two names differ in, where each adds up and both are all there is.
    private static (string One, string Other)? Parts(TableColumn a, TableColumn b)
    {
        if (a.AddsUp() != true || b.AddsUp() != true || a.Parts().Count != b.Parts().Count)
            return null;
        var differ = a.Parts().Zip(b.Parts()).Where(p => p.First != p.Second).ToList();
        return differ is [var (x, y)] && Halves.Any(h => h == (x, y) || h == (y, x)) ? (x, y) : null;
    }

    private static bool IsOfPart(Sentence sentence, string one, string other) =>
        Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Words.Any(w => w.Stem == one || w.Stem == other));
}
