using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>
/// How many values have something in several of their rows: customers with more than 3 orders, who bought chairs but not tables, in
/// both years, or never. The values are found as if they were listed, and counted.
/// </summary>
internal static class CountForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (draft.Measures is not [{ Statistic: Statistic.Distinct, Expression: Expr.Of { Column: var column }, Ready: null } counted] || draft.Rank is not null || draft.Inner is not null
            || sentence.Has(Lex.Share) || sentence.Has(Lex.Average) || form.IsYesNo)
        {
            return null;
        }

        var which = new KeyPart(new Key(column, null), KeyRole.Which, counted.At);
        var isNever = draft.IsNever || sentence.Has(Lex.Never);
        var isTotal = TotalForm.Is(form, which);
        if (!isTotal && (draft.Keys.Exists(k => k.Key.Column != column) || (draft.Having.Count == 0 && !isNever && !ValuesForm.IsOfSeveralRows(form, column))))
            return null;
        draft.Measures.Clear();
        draft.Keys.RemoveAll(k => k.Key.Column == column);
        draft.Keys.Add(which);
        var values = isTotal ? TotalForm.Build(form) : isNever ? NeverForm.Build(form) : draft.Having.Count > 0 ? GroupForm.Build(form) : ValuesForm.Build(form);
        return values is null ? null : new Query.Over(values, $"different {column.Name}");
    }
}
