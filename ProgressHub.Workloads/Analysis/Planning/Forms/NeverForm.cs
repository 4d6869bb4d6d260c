using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Values without a row of a kind: products that were never returned, regions without sales in 2023.</summary>
internal static class NeverForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (!draft.IsNever && !sentence.Has(Lex.Never) && !HasNoRows(form))
            return null;
        var key = draft.KeyOf(KeyRole.Which) ?? draft.KeyOf(KeyRole.Named);
        if (key is null || draft.Measures.Exists(m => m.Statistic is not null) || draft.Filters.Count == 0)
        {
            sentence.Refuse("It does not say what never had which rows.");
            return null;
        }

        if (form.RowNoun() is >= 0 and var row)
            sentence.Take("never", row);
        form.Take("never", Lex.Never, Lex.No, Lex.Without, Lex.AreThere, Lex.Who, Lex.That);
        if (draft.Having.Count == 0)
            return new Query.Values([key.Key]) { Never = form.Where() };
        // "With at least 8 visits and never a no-show": none of these is counted.
        if (draft.Filters.Count > 1)
        {
            sentence.Refuse("It does not say which of its conditions never were, and of which rows the number is.");
            return null;
        }

        var never = new Measure.Where(new Measure.Rows(), form.Where()!);
        return new Query.Aggregate([key.Key], [.. draft.Having.Select(h => new Output(Names.Of(h.Measure), h.Measure)).DistinctBy(o => o.Name)])
        {
            Having = [.. draft.Having, new GroupBound(never, "=", 0)], Ranking = new Ranking(true),
        };
    }

    // "Which customers have no orders in 2024".
    private static bool HasNoRows(Form form)
    {
        var sentence = form.Sentence;
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Lex(i) is Lex.No or Lex.Without && sentence[sentence.Next(i)].IsRow)
                return true;
        }

        return false;
    }
}
