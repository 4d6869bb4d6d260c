using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// Rows that are counted by having the highest or the lowest there is: how many got the top rating, how many days had the lowest
/// temperature. What is counted are the rows; the extreme is a condition on them, and not the answer.
/// </summary>
internal static class ExtremeGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var head = sentence.Next(-1);
        if (sentence.Lex(head) != Lex.HowMany)
            return;
        for (var i = head + 1; i < sentence.Count; i++)
        {
            // "How many votes did the highest get": what is counted is a number itself.
            if (sentence.IsFree(i) && sentence[i].ColumnsWhere(c => c.IsMeasure()).Count > 0 && sentence.Lex(i) is Lex.None)
                return;
            if (!sentence.IsFree(i) || sentence.Lex(i) is not (Lex.Most or Lex.Least or Lex.Maximum or Lex.Minimum) || sentence[i].Stem is "most" or "least" or "fewest")
                continue;
            var at = sentence.Next(i);
            var isPossible = sentence[at].Lex is Lex.None && sentence[i - 1].Stem is "the" or "a" && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count > 0 && IsEnd(sentence, sentence.Next(at));
            if (isPossible && sentence.Choose(at, sentence[at].ColumnsWhere(c => c.IsMeasure())) is { } column)
                Add(sentence, draft, i, at, column);
            return;
        }
    }

    private static void Add(Sentence sentence, Draft draft, int i, int at, TableColumn column)
    {
        var isMost = sentence[i].Lex is Lex.Most or Lex.Maximum;
        var value = new Expr.Of(column);
        sentence.Take("bound", i, at);
        sentence.Notes.Add($"Counted are the rows with the {(isMost ? "highest" : "lowest")} {column.Name} of the whole table.");
        draft.Filters.Add(new FilterPart(new Condition.Beside(value, "=", new Measure.Of(isMost ? Statistic.Maximum : Statistic.Minimum, value)), null, at));
    }

    private static bool IsEnd(Sentence sentence, int i) => i >= sentence.Count || sentence[i].Words[0].Kind == Language.WordKind.Stop || sentence[i].Lex is Lex.In or Lex.On or Lex.From or Lex.By or Lex.Each;
}
