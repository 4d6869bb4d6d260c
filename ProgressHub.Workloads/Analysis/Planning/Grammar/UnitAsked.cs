using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>A unit that the answer is asked in and its column is not: the average finish time in minutes, of a column in seconds.</summary>
internal static class UnitAsked
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var columns = draft.Measures.Select(m => (m.Expression as Expr.Of)?.Column).Distinct().ToList();
        if (columns is not [{ } column] || draft.Measures.Exists(m => m.Statistic is Statistic.Distinct or Statistic.Variance))
            return;
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Lex(i) != Lex.In || !sentence.IsFree(i + 1) || sentence[i + 1] is not { Number: null, Words: [var unit] } || UnitWords.Factor(column, unit.Stem) is not { } factor || factor == 1 || double.IsNaN(factor))
                continue;
            sentence.Take("unit", i, i + 1);
            sentence.Notes.Add($"{column.Name} is in {column.UnitWord()}; the answer is in {unit.Raw}.");
            for (var k = 0; k < draft.Measures.Count; k++)
                draft.Measures[k] = draft.Measures[k] with { Expression = new Expr.Binary('/', new Expr.Of(column), new Expr.Number(factor)) };
            return;
        }
    }
}
