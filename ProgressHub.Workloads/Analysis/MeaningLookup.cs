using System.Numerics.Tensors;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Analysis;

/// <summary>
/// Finds the column that an unknown word of a question is nearest to in meaning: payroll, of salaries. Only for words that stand
/// where a column must; what could be a value that the table does not have stays unknown. Two columns that are about as near
/// are both kept, so that the asker is asked.
/// </summary>
/// <param name="meanings">Knows meanings; null where nothing does, and words stay unknown.</param>
internal sealed class MeaningLookup(IMeanings? meanings)
{
    /// <summary>The least cosine of a word and a column's name that is a likeness.</summary>
    private const float Least = 0.45f;

    /// <summary>By how much the nearest must be nearer than the next; else it is asked.</summary>
    private const float Margin = 0.1f;

    private const int MaxWords = 4;
    private const int LeastLetters = 4;

    /// <summary>The table with what its columns may also be called; the table itself where nothing is near.</summary>
    public async Task<TableProfile> FindAsync(string question, TableProfile table, CancellationToken cancellationToken)
    {
        var wanted = meanings is null ? [] : Wanted(question, table);
        if (wanted.Count == 0)
            return table;
        // Each column by its whole name, and by its name without the unit.
        var names = table.Columns.SelectMany(c => Names(c).Select(n => (Column: c, Name: n))).ToList();
        if (await meanings!.OfAsync([.. wanted.Select(w => w.Word.Raw.ToLowerInvariant()), .. names.Select(n => n.Name)], cancellationToken) is not { } vectors)
            return table;
        var found = new Dictionary<TableColumn, List<string>>();
        foreach (var (place, (word, isMeasure)) in wanted.Index())
        {
            var near = names.Select((n, i) => (n.Column, Likeness: TensorPrimitives.Dot(vectors[place], vectors[wanted.Count + i])))
                .Where(n => !isMeasure || n.Column.IsMeasure()).GroupBy(n => n.Column).Select(g => (Column: g.Key, Likeness: g.Max(n => n.Likeness)))
                .Where(n => n.Likeness >= Least).OrderByDescending(n => n.Likeness).ToList();
            foreach (var (column, _) in near.Where(n => n.Likeness > near[0].Likeness - Margin))
                (found.TryGetValue(column, out var words) ? words : found[column] = []).Add(word.Stem);
        }

        return found.Count == 0 ? table : table with { Columns = [.. table.Columns.Select(c => found.TryGetValue(c, out var words) ? c with { AlsoCalled = words } : c)] };
    }

    private static IEnumerable<string> Names(TableColumn column) =>
        new[] { string.Join(' ', column.Parts()), string.Join(' ', column.BareParts()) }.Where(n => n.Length > 1).Distinct();

    // Unknown words where a column must stand, and whether it must be one of numbers.
    private static List<(Word Word, bool IsMeasure)> Wanted(string question, TableProfile table)
    {
        var (items, _) = ItemReader.Read(TableTerms.Of(table), QuestionWords.Words(Chinese.ToEnglish(question, TableTerms.Own(table))));
        List<(Word, bool)> wanted = [];
        for (var i = 0; i < items.Count && wanted.Count < MaxWords; i++)
        {
            if (items[i] is { IsUnknown: true, IsQuoted: false, Comparative: null, Words: [{ Kind: WordKind.Word } word] } && word.Raw.Length >= LeastLetters && !UnitWords.IsUnit(word.Stem) && (i == 0 || char.IsLower(word.Raw[0])) && Place(items, i) is { } isMeasure)
                wanted.Add((word, isMeasure));
        }

        return wanted;
    }

    // "Total payroll", "by branch of trade", "how much juice did", "pollutes the most"; "geothermal plants" and "total solar output"
    // are of a value.
    private static bool? Place(List<Item> items, int i)
    {
        var before = i - 1;
        while (before >= 0 && items[before] is { IsFiller: true, Column: null })
            before--;
        var next = i + 1 < items.Count ? items[i + 1] : null;
        if (next is { Column: not null } or { IsRow: true } or { IsUnknown: true } || next?.Values.Count > 0)
            return null;
        var after = next is { Lex: Lex.Filler } && i + 2 < items.Count ? items[i + 2] : next;
        if (after is { Lex: Lex.Most or Lex.Least } && i > 0)
            return true;
        return (before < 0 ? Lex.None : items[before].Lex) switch
        {
            Lex.Average or Lex.Sum or Lex.Median or Lex.Maximum or Lex.Minimum or Lex.HowMuch or Lex.Most or Lex.Least or Lex.Percentile or Lex.Spread => true,
            Lex.By or Lex.Each => false,
            _ => null,
        };
    }
}
