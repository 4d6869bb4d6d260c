using System.Globalization;
using System.Text.RegularExpressions;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>
/// Holds a query that a model wrote against the question: the columns, values, numbers and years that the question names
/// must be in it. The law of the rules, for what is not planned by them.
/// </summary>
internal static partial class QuestionCheck
{
    /// <summary>What the question names and the query does not have; empty where nothing is missing.</summary>
    public static IReadOnlyList<string> Missing(string question, TableProfile table, string sql)
    {
        var (items, _) = ItemReader.Read(TableTerms.Of(table), QuestionWords.Words(Chinese.ToEnglish(question, TableTerms.Own(table))));
        var numbers = Figures().Matches(sql).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToHashSet();
        return [.. items.Where(i => !IsIn(i, sql, numbers)).Select(i => i.Raw).Distinct()];
    }

    private static bool IsIn(Item item, string sql, HashSet<double> numbers)
    {
        if (item.Period is Period.Span span)
            return numbers.Contains(span.From.Year);
        if (item is { Period: null, Number: { } number, Words: [{ Kind: WordKind.Number }] })
            return numbers.Contains(number) || numbers.Contains(number / 100);
        // Words that the grammar knows, or that mean a row, name nothing for certain.
        if (item.Lex != Lex.None || item.IsRow || item.Superlative is not null || item.Bucket is not null)
            return true;
        if (item.Values.Any(v => v.Likeness == Likeness.Exact) && item.Column is null)
            return item.Values.Any(v => v.Values.Any(text => sql.Contains(text, StringComparison.OrdinalIgnoreCase)));
        return item.Column is not { Likeness: <= Likeness.Part } column || column.Columns.Any(c => sql.Contains(c.Name, StringComparison.OrdinalIgnoreCase))
            || item.Values.Any(v => v.Values.Any(text => sql.Contains(text, StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex(@"(?<![\w.])\d+(?:\.\d+)?")]
    private static partial Regex Figures();
}
