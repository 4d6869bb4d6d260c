using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Whether there is a row of a kind, or a measure is above or below a bound.</summary>
internal static class YesNoForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (!form.IsYesNo)
            return null;
        if (draft.Having is [var bound] && draft.Keys.Count == 0)
        {
            return new Query.Aggregate([], [new("answer", new Measure.Test(bound.Measure, bound.Operator, new Measure.Number(bound.Bound))), new(Names.Of(bound.Measure), bound.Measure)])
            {
                Where = form.Where(),
            };
        }

        if (draft.Having.Count > 0 || draft.Measures.Count > 0 || draft.Rank is not null || draft.Filters.Count == 0 || draft.Keys.Exists(k => k.Role is Grammar.KeyRole.By or Grammar.KeyRole.Each))
        {
            sentence.Refuse("It wants a yes or a no, and is not understood as such; ask for the numbers instead.");
            return null;
        }

        if (form.RowNoun() is >= 0 and var row)
            sentence.Take("rows", row);
        form.Take("exists", Lex.AreThere);
        return new Query.Aggregate([], [new("answer", new Measure.Test(new Measure.Rows(), ">", new Measure.Number(0))), new("rows", new Measure.Rows())]) { Where = form.Where() };
    }
}
