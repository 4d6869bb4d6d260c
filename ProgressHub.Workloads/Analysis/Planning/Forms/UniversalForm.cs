using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Whether something is so for all: are all orders paid.</summary>
internal static class UniversalForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        var all = form.IsYesNo ? Enumerable.Range(0, sentence.Count).FirstOrDefault(i => sentence.Lex(i) is Lex.All or Lex.Every or Lex.Each, -1) : -1;
        if (all < 0 || draft.Filters.Count == 0 || form.RowNoun() < 0 || draft.Keys.Count > 0)
            return null;
        var claim = draft.Filters.MaxBy(f => f.At)!;
        if (claim.At < form.RowNoun())
            return null;
        sentence.Take("all", all, form.RowNoun());
        var against = new Measure.Where(new Measure.Rows(), new Condition.Not(claim.Whole));
        return new Query.Aggregate([], [new("answer", new Measure.Test(against, "=", new Measure.Number(0))), new("rows that are otherwise", against), new("rows", new Measure.Rows())])
        {
            Where = form.Where(claim),
        };
    }
}
