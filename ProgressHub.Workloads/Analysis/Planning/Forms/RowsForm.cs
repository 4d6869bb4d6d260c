using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Rows as they are: the orders above 100, order SO-10457, the consumption of reading 100700.</summary>
internal static class RowsForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (form.IsUnranked())
            return null;
        if (draft.Having.Count > 0)
            return null;
        var row = form.RowNoun();
        if (GroupForm.NamedBy(form) is { } id)
        {
            if (row >= 0)
                sentence.Take("rows", row);
            var columns = draft.Measures.SelectMany(m => m.Expression!.Columns).Concat(draft.Attributes).Distinct().ToList();
            return new Query.Rows(columns.Count == 0 ? [] : [id, .. columns]) { Where = form.Where() };
        }

        if (draft.Measures.Count > 0 || draft.Keys.Count > 0)
            return null;
        if (draft.Attributes.Count > 0)
            return draft.Filters.Count == 0 ? null : new Query.Values([.. draft.Attributes.Select(a => new Key(a, Bucket.Day))]) { Where = form.Where() };
        if (row < 0 && draft.Filters.Count == 0)
            return null;
        sentence.Take("rows", row);
        int? limit = null;
        var before = sentence.Previous(row);
        if (row >= 0 && sentence.IsFree(before) && sentence[before] is { Period: null, Number: >= 1 and <= 1000 and var n })
        {
            sentence.Take("rows", before);
            limit = (int)n;
        }

        var isAsked = row >= 0 && (draft.RowsAt >= 0 || draft.Filters.Count > 0);
        return isAsked || draft.Filters.Count > 0 ? new Query.Rows([]) { Where = form.Where(), Ranking = limit is null ? null : new Ranking(false, limit) } : null;
    }
}
