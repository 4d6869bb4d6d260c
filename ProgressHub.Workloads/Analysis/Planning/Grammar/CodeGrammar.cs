using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Status codes of requests by their number alone, where one column has them: 404 errors, how many 500s, 5xx responses (RFC 9110, section 15).</summary>
internal static class CodeGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        if (sentence.Terms.Table.Columns.Where(c => c.Type == ColumnType.Whole && c.Parts().Any(p => p is "status" or "http" or "response") && c.Min is { Length: 3 } && c.Max is { Length: 3 } && c.Min[0] is >= '1' and <= '5' && c.Max[0] <= '5').ToList() is not [var column])
            return;
        for (var i = 0; i < sentence.Count; i++)
        {
            if (!sentence.IsFree(i) || sentence[i].Words is not [{ Raw: var raw }] || Range(raw) is not var (low, high) || sentence[sentence.Previous(i)].ColumnsWhere(c => c.IsNumber && c != column).Count > 0)
                continue;
            sentence.Take("equal", i);
            foreach (var k in new[] { i - 1, i + 1 })
            {
                if (sentence.IsFree(k) && (sentence[k].Stem is "error" or "response" or "code" or "status" || sentence[k].ColumnsWhere(c => c == column).Count > 0))
                    sentence.Take("equal", k);
            }

            draft.Measures.RemoveAll(m => m.Statistic is null && m.Expression is Expr.Of { Column: var named } && named == column);
            var value = new Expr.Of(column);
            Condition condition = low == high ? new Condition.Compare(value, "=", new Expr.Number(low))
                : new Condition.All([new Condition.Compare(value, ">=", new Expr.Number(low)), new Condition.Compare(value, "<=", new Expr.Number(high))]);
            sentence.Notes.Add($"'{raw}' was read as {column.Name}.");
            draft.Filters.Add(new FilterPart(condition, column, i, Negation.Of(sentence, draft, i, column)));
        }
    }

    private static (int Low, int High)? Range(string raw)
    {
        var text = raw.ToLowerInvariant();
        if (text is [>= '1' and <= '5', 'x', 'x'] or [>= '1' and <= '5', 'x', 'x', 's'])
            return ((text[0] - '0') * 100, ((text[0] - '0') * 100) + 99);
        return int.TryParse(text.TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 100 and <= 599 ? (code, code) : null;
    }
}
