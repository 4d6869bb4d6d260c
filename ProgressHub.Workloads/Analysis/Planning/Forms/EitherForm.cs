using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Which of a few values has more: who earns more, nurses or clerks; is it hotter in Oslo or in Rome. They are groups, the first of which is the answer.</summary>
internal static class EitherForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (draft.Having.Count > 0 || draft.Inner is not null || sentence.Has(Lex.Share) || sentence.Has(Lex.Growth) || sentence.Has(Lex.Rise) || sentence.Has(Lex.Fall) || sentence.Has(Lex.Difference)
            || draft.Keys.Exists(k => k.Role is KeyRole.By or KeyRole.Each) || form.Head is not (Lex.Which or Lex.Who or Lex.What or Lex.Did or Lex.Is or Lex.AreThere or Lex.Where) || Pair(draft) is not { } pair)
        {
            return null;
        }

        var (column, first, last) = (pair[0].Column!, pair[0].At, pair[^1].At);
        var isJoined = Enumerable.Range(first, last - first).Any(i => sentence.Lex(i) == Lex.Or);
        var more = Enumerable.Range(0, sentence.Count).FirstOrDefault(i => sentence.IsFree(i) && (sentence[i].Lex is Lex.Above or Lex.Below || sentence[i].Comparative is not null), -1);
        if (!isJoined || (more < 0 && draft.Rank is null) || draft.Rank is { Limit: not null } or { Nth: not null } or { IsTime: true } or { BothEnds: true })
            return null;
        // Who it is that does so is one of both.
        draft.Keys.RemoveAll(k => k.Key.Column == column || (k.Role == KeyRole.Which && sentence[k.At].Lex == Lex.Who));
        if (draft.Keys.Exists(k => k.Role == KeyRole.Which))
            return null;
        var isMore = more >= 0 ? sentence[more].Comparative?.IsMore ?? sentence[more].Lex == Lex.Above : draft.Rank!.Descending;
        if (more < 0 && draft.Rank!.Adjective is not null)
            return null;
        if ((PairForm.Compared(form) ?? form.OneMeasure()) is not { } output)
            return null;
        if (form.RowNoun() is >= 0 and var row)
            sentence.Take("rows", row);
        form.Take("either", Lex.Or, Lex.Above, Lex.Below, Lex.Who, Lex.Which, Lex.What, Lex.Between, Lex.AreThere);
        return new Query.Aggregate([new Key(column, null)], [output]) { Where = form.Where(), Ranking = new Ranking(isMore) };
    }

    private static List<FilterPart>? Pair(Draft draft) =>
        draft.Filters.Where(f => f is { IsNot: false, Condition: Condition.OneOf, Column: not null } && !f.IsTime).GroupBy(f => f.Column).Where(g => g.Count() is 2 or 3).ToList() is [var only] ? [.. only.OrderBy(f => f.At)] : null;
}
