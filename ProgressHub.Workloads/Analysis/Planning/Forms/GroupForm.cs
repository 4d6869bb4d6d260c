using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Measures, of all rows or of each group.</summary>
internal static class GroupForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (form.IsUnranked())
            return null;
        if (IsLookup(form) && draft.Measures.TrueForAll(m => m.Statistic is null && m.Expression is not null))
            return null;
        if (form.Measuring.All(draft.Measures) is not { } outputs)
            return null;
        if (sentence.Has(Lex.Difference) && draft.Measures is [{ Statistic: { } first } a, { Statistic: { } second } b] && a.Expression == b.Expression && first != second)
        {
            form.Take("difference", Lex.Difference, Lex.Between);
            outputs = [new Output($"{outputs[0].Name} less {outputs[1].Name}", new Measure.Binary('-', outputs[0].Measure, outputs[1].Measure))];
        }

        if (sentence.Find(Lex.Trend) is >= 0 and var trend)
        {
            if (form.TimeKey is null && (form.FreeBucket() ?? form.UsualBucket(trend)) is { } bucket)
                draft.Keys.Add(new KeyPart(bucket, KeyRole.By, trend));
            if (draft.Keys.Exists(k => k.Key.IsInTime))
                sentence.Take("trend", trend);
        }

        var keys = draft.Keys.Where(k => k.Role != KeyRole.Named || draft.Measures.Count == 0 || draft.Having.Count > 0 || k.Key.IsTime).ToList();
        if (outputs.Count == 0 && draft.Having.Count > 0)
            outputs = [.. draft.Having.Select(h => new Output(Names.Of(h.Measure), h.Measure)).DistinctBy(o => o.Name)];
        else if (outputs.Count == 0 && keys.Exists(k => k.Role is KeyRole.By or KeyRole.Each))
            outputs = [new Output("rows", new Measure.Rows())];
        if (outputs.Count == 0)
            return null;
        if (form.RowNoun() is >= 0 and var row && draft.Measures.Exists(m => m.Counts || sentence.IsFree(row)))
            sentence.Take("rows", row);
        foreach (var named in draft.Keys.Except(keys).ToList())
        {
            if (!IsMany(sentence, named.At))
                sentence.Refuse($"It does not say what is asked of '{form.Raw(named.At)}'; say by {named.Key.Name} for a value of each.");
            draft.Keys.Remove(named);
            sentence.Notes.Add($"{named.Key.Name} is not told apart; say by {named.Key.Name} for a value of each.");
        }

        if (sentence.Find(Lex.Than) is > 0 and var versus && sentence.PartOf(sentence.Previous(versus)) == "measure" && sentence.PartOf(sentence.Next(versus)) == "measure" && outputs.Count > 1)
            sentence.Take("measure", versus);
        if (keys.Exists(k => k.Key.IsInTime))
            form.Take("trend", Lex.Trend);
        var ordered = keys.OrderBy(k => k.Key.IsInTime ? 0 : 1).Select(k => k.Key).Distinct().ToList();
        return new Query.Aggregate(ordered, outputs)
        {
            Where = form.Where(), Having = draft.Having, Ranking = ordered.Count == 0 || ordered.Exists(k => k.IsInTime || k.Bucket is not null) ? null : new Ranking(true),
        };
    }

    // "The consumption of the gas meters": all of them together.
    private static bool IsMany(Sentence sentence, int at) => sentence[at].Raw.EndsWith('s')
        || sentence[sentence.Previous(at)] is { Lex: Lex.On or Lex.All } or { Values.Count: > 0 };

    /// <summary>Whether one row is named: its numbers are wanted as they are.</summary>
    public static bool IsLookup(Form form) => NamedBy(form) is not null;

    /// <summary>The column by whose value one row is named: its identifier, or a name that hardly two rows share; null where none is.</summary>
    public static TableColumn? NamedBy(Form form) => form.Draft.Keys.Count > 0 ? null
        : form.Draft.Filters.Find(f => !f.IsNot && f.Column is { } column && (column == form.Sentence.Terms.RowId || (column.Type == ColumnType.Text && column.Distinct >= 0.9 * form.Table.Rows))
            && f.Condition is Condition.Text or Condition.OneOf { Values.Count: 1 } or Condition.Compare { Operator: "=" })?.Column;
}
