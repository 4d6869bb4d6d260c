using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Units that are named beside a number and not after one: in tonnes, minutes slower. They add nothing where the column is in them.</summary>
internal static class UnitsSaid
{
    /// <summary>Whether a piece is the unit of what is measured or bounded.</summary>
    public static bool Has(Sentence sentence, Draft draft, int i) => IsOfDays(sentence, draft, i) || sentence[i] is { Number: null, Words: [var word] } && UnitWords.IsUnit(word.Stem)
        && Measured(draft).ToList() is { Count: > 0 } columns && columns.Exists(c => UnitWords.IsOf(c, word.Stem)) && columns.TrueForAll(c => UnitWords.Factor(c, word.Stem) is null or 1);

    // "In days", of the days from one time to another.
    private static bool IsOfDays(Sentence sentence, Draft draft, int i) => sentence[i] is { Stem: "day", Number: null } && sentence.Lex(sentence.Previous(i)) == Lex.In && draft.Measures.Exists(m => m.Expression is Queries.Expr.Days);

    private static IEnumerable<TableColumn> Measured(Draft draft) => draft.Measures.SelectMany(m => m.Expression?.Columns ?? [])
        .Concat(draft.Filters.Where(f => !f.IsTime).Select(f => f.Column).OfType<TableColumn>().Where(c => c.IsMeasure()))
        .Concat(draft.Having.SelectMany(h => h.Measure is Queries.Measure.Of of ? of.Expression.Columns : []));
}
