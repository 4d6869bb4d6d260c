using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Different values: list all sites, which products were sold in West, the department of someone.</summary>
internal static class ValuesForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (form.IsUnranked())
            return null;
        if (draft.Keys.Count == 0 || draft.Measures.Count > 0 || draft.Having.Count > 0)
            return null;
        if (form.RowNoun() is >= 0 and var row)
            sentence.Take("rows", row);
        form.Take("values", Lex.Distinct, Lex.AreThere);
        var keys = draft.Keys.Select(k => k.Key).ToList();
        if (keys.Exists(k => draft.Filters.Exists(f => f is { Condition: Condition.Empty, IsNot: false } && f.Column == k.Column)))
        {
            sentence.Refuse("What is empty has no values to list.");
            return null;
        }

        // "Bought chairs but not tables": some of their rows are the one, and none is the other.
        var barred = Barred(draft, keys[0].Column);
        if (barred.Count > 0 && keys.Count == 1)
        {
            form.Take("values", Lex.And, Lex.Who);
            return new Query.Values(keys) { Where = form.Where([.. barred]), Never = Filtering.Join(sentence, [.. barred.Select(b => b with { IsNot = false }), .. draft.Filters.Where(f => f.IsTime)]) };
        }

        var pair = Pair(draft, keys[0].Column);
        // What has one row each is in one of them only.
        if (pair is null || !Joined(sentence, pair) || (keys[0].Column.Distinct is { } distinct && distinct >= 0.98 * form.Table.Rows && !sentence.Has(Lex.Both)))
            return new Query.Values(keys) { Where = form.Where() };

        // "Sold in West and East": in both, or in either?
        var isBoth = sentence.Has(Lex.Both);
        var term = $"and {string.Join(' ', pair.Select(p => sentence[p.At].Stem))}";
        if (!isBoth && sentence.Choice(term) is not { } choice)
        {
            sentence.Ask(term, $"Are those meant that have all of {string.Join(", ", pair.Select(p => sentence[p.At].Raw))}, or any of them?", ["all of them", "any of them"]);
            return null;
        }

        form.Take("values", Lex.Both);
        if (!isBoth && sentence.Choice(term) == "any of them")
            return new Query.Values(keys) { Where = form.Where() };
        var rest = form.Where([.. pair]);
        form.Take("values", Lex.And);
        return new Query.Values(keys) { Where = rest, AllOf = [.. pair.Select(p => rest is null ? p.Condition : new Condition.All([p.Condition, rest]))] };
    }

    /// <summary>Whether conditions hold of several rows of a value together: in both years, in West but never in East. Two that may be either are said to.</summary>
    public static bool IsOfSeveralRows(Form form, TableColumn column)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (Barred(draft, column).Count > 0)
            return true;
        if (Pair(draft, column) is not { } pair || !Joined(sentence, pair) || sentence.Has(Lex.Or))
            return false;
        if (!sentence.Has(Lex.Both))
            sentence.Notes.Add($"Those with any of {string.Join(", ", pair.Select(p => sentence[p.At].Raw))} are counted, each once; say both for those with all of them.");
        return sentence.Has(Lex.Both);
    }

    private static List<FilterPart> Barred(Draft draft, TableColumn key) =>
        [.. draft.Filters.Where(f => f.IsNot && f.Condition is Condition.OneOf && f.Column != key && draft.Filters.Exists(o => !o.IsNot && o.Column == f.Column && o.Condition is Condition.OneOf))];

    private static List<FilterPart>? Pair(Draft draft, TableColumn key) =>
        draft.Filters.Where(f => !f.IsNot && f.Column != key && f.Condition is Condition.OneOf or Condition.Within { From: not null, Before: not null }).GroupBy(f => f.Column).FirstOrDefault(g => g.Count() > 1)?.OrderBy(f => f.At).ToList();

    private static bool Joined(Sentence sentence, List<FilterPart> pair) =>
        !Enumerable.Range(pair[0].At, pair[^1].At - pair[0].At).Any(i => sentence[i].Lex == Lex.Or);
}
