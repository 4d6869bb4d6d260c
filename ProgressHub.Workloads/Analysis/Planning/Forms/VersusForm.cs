using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>
/// Values that are groups, though their column is not named: minor versus major versus critical per component, women and men by
/// plan. All values that there are narrow nothing down, so that they can be meant as groups only, which is said.
/// </summary>
internal static class VersusForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (draft.Rank is not null || draft.Having.Count > 0 || draft.Inner is not null || form.IsYesNo || draft.KeyOf(KeyRole.Which) is not null
            || sentence.Has(Lex.Share) || sentence.Has(Lex.Growth) || sentence.Has(Lex.Rise) || sentence.Has(Lex.Fall) || sentence.Has(Lex.Difference) || sentence.Has(Lex.Ratio)
            || Values(draft) is not { } values)
        {
            return null;
        }

        var column = values[0].Column!;
        var isVersus = values.Zip(values.Skip(1)).All(p => Enumerable.Range(p.First.At, p.Second.At - p.First.At).Any(i => sentence.Lex(i) == Lex.Than));
        var isAll = column.Values.Count > 1 && values.SelectMany(v => ((Condition.OneOf)v.Condition).Values).Distinct().Count() == column.Values.Count && !Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Lex == Lex.Sum);
        // Two values by themselves stand beside each other anyway.
        if (!(isVersus && (values.Count > 2 || draft.Keys.Count > 0)) && !(isAll && !isVersus))
            return null;
        if ((draft.Measures.Count > 0 ? form.Measuring.All(draft.Measures) : form.OneMeasure() is { } one ? [one] : [new Output("rows", new Measure.Rows())]) is not { } outputs || sentence.Doubt is not null)
            return null;
        if (form.RowNoun() is >= 0 and var row)
            sentence.Take("rows", row);
        form.Take("groups", Lex.Than, Lex.And, Lex.Or, Lex.Compare, Lex.Between);
        sentence.Notes.Add($"{string.Join(", ", values.Select(v => sentence[v.At].Raw))}: told apart by {column.Name}.");
        List<Key> keys = [.. draft.Keys.Select(k => k.Key).Where(k => k.Column != column), new Key(column, null)];
        return new Query.Aggregate(keys, outputs) { Where = isAll ? form.Where([.. values]) : form.Where(), Ranking = keys.Exists(k => k.IsInTime) ? null : new Ranking(true) };
    }

    // The values of one column, in the order of the question; null where there are no two of one.
    private static List<FilterPart>? Values(Draft draft) =>
        draft.Filters.Where(f => f is { IsNot: false, Condition: Condition.OneOf, Column: not null } && !f.IsTime).GroupBy(f => f.Column).Where(g => g.Count() > 1).ToList() is [var only] ? [.. only.OrderBy(f => f.At)] : null;
}
