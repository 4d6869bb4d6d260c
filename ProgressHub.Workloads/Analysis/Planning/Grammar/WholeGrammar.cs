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
            if (sentence[i] is not { Lex: Lex.None, Formula: null, Column.Likeness: Likeness.Part } item || Main(item.ColumnsWhere(c => c.IsMeasure())) is not [var a, var b] || Parts(a, b) is not var (one, other))
                continue;
            if (IsOfPart(sentence, one, other))
            {
                // Of the whole match, where there are halves of it too.
                if (item.Column.Columns.Count > 2)
                    sentence.Merge(i, i + 1, item with { Column = new ColumnSense([a, b], Likeness.Part) });
                continue;
            }

            sentence.Notes.Add($"'{item.Raw}' was read as {a.Name} + {b.Name}.");
            sentence.Merge(i, i + 1, new Item(item.Words) { Formula = new Expr.Binary('+', new Expr.Of(a), new Expr.Of(b)) });
        }
    }

    // Of several pairs the one with the shortest names: goals, and not those at half time.
    private static List<TableColumn> Main(IReadOnlyList<TableColumn> columns)
    {
        var least = columns.Count == 0 ? 0 : columns.Min(c => c.Parts().Count);
        return [.. columns.Where(c => c.Parts().Count == least)];
    }

    // The words that two names differ in, where each adds up and both are all there is.
    private static (string One, string Other)? Parts(TableColumn a, TableColumn b)
    {
        if (a.AddsUp() != true || b.AddsUp() != true || a.Parts().Count != b.Parts().Count)
            return null;
        var differ = a.Parts().Zip(b.Parts()).Where(p => p.First != p.Second).ToList();
        return differ is [var (x, y)] && Halves.Any(h => h == (x, y) || h == (y, x)) ? (x, y) : null;
    }

    // "Home and away", of both together, is of no part.
    private static bool IsOfPart(Sentence sentence, string one, string other) => !IsOfBoth(sentence, one, other) &&
        Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Words.Any(w => w.Stem == one || w.Stem == other));

    private static bool IsOfBoth(Sentence sentence, string one, string other)
    {
        var both = Enumerable.Range(0, sentence.Count).FirstOrDefault(i => sentence[i].Words is [{ Stem: var first }] && (first == one || first == other) && sentence[i + 1].Lex == Lex.And && sentence[i + 2].Words is [{ Stem: var second }] && second != first && (second == one || second == other), -1);
        var teams = sentence.Find(Lex.Both);
        if (both < 0 && teams >= 0 && sentence[teams + 1].Words is [{ Stem: "team" or "side" or "club" }])
        {
            sentence.Take("whole", teams, teams + 1);
            return true;
        }

        if (both < 0 || sentence.Has(Lex.Compare) || sentence.Has(Lex.Difference) || sentence.Has(Lex.Than))
            return false;
        sentence.Take("whole", both, both + 1, both + 2);
        for (var k = both + 3; sentence[k].Stem is "together" or "combined" or "team" or "side"; k++)
            sentence.Take("whole", k);
        return true;
    }
}
