using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis;

/// <summary>
/// Looks words of a question up in the columns that have too many values to know them all: whatever the case, as a part of a
/// value, or with a slip of the pen. What is found becomes a part of what is known of the table.
/// </summary>
/// <param name="queries">Runs what it asks.</param>
/// <param name="warn">Hears why nothing could be looked up.</param>
internal sealed class ValueLookup(ITableQueries queries, Func<string, ValueTask> warn)
{
    private const int MaxColumns = 20;
    private const int MaxWords = 8;
    private const int MaxFound = 40;
    private const int LeastLetters = 3;

    // In longer texts a word says nothing of what they are of.
    private const int LongestName = 40;

    /// <summary>The table with the values that the question may name; the table itself where there is nothing to look for.</summary>
    public async Task<TableProfile> FindAsync(string question, TableProfile table, CancellationToken cancellationToken)
    {
        var columns = table.Columns.Where(c => c.Type == ColumnType.Text && c.Values.Count == 0 && c.Empty < table.Rows).Take(MaxColumns).ToList();
        var runs = columns.Count == 0 ? [] : Unknown(question, table);
        if (runs.Count == 0)
            return table;
        try
        {
            var found = await queries.RunAsync(table.Id, string.Join("\nUNION ALL\n", columns.Select((c, i) => Sql(c, i, runs))), cancellationToken);
            var values = found.Rows.ToLookup(r => Convert.ToInt32(r[0], System.Globalization.CultureInfo.InvariantCulture), r => (string)r[1]!);
            if (found.Rows.Count == 0)
                return table;
            var known = columns.Select((c, i) => (Column: c, Values: values[i].Distinct().Order(StringComparer.Ordinal).ToList())).Where(k => k.Values.Count > 0).ToDictionary(k => k.Column, k => k.Values);
            return table with { Columns = [.. table.Columns.Select(c => known.TryGetValue(c, out var some) ? c with { Values = some } : c)] };
        }
        catch (Exception failure) when (failure is UnsafeQueryException or WorkloadException { IsTransient: false })
        {
            // Then the words stay unknown, and the question says so.
            await warn("Values could not be looked up in columns with many of them");
            return table;
        }
    }

    // Words without any meaning in the table or the grammar, each run of neighbours together: a name of several words.
    private static List<List<Word>> Unknown(string question, TableProfile table)
    {
        var (items, _) = ItemReader.Read(TableTerms.Of(table), QuestionWords.Words(Chinese.ToEnglish(question, TableTerms.Own(table))));
        List<List<Word>> runs = [[]];
        foreach (var item in items)
        {
            var isName = item.IsQuoted || (item.Lex == Lex.None && item.Period is null && item.Values.Count == 0 && item.Words[0].Kind is WordKind.Word or WordKind.Code
                && (item.IsUnknown || item.Column is { Likeness: >= Likeness.Related }));
            if (isName)
                runs[^1].AddRange(item.Words);
            else if (runs[^1].Count > 0)
                runs.Add([]);
        }

        return [.. runs.Where(r => r.Exists(w => w.Stem.Length >= LeastLetters)).Take(MaxWords)];
    }

    private static string Sql(TableColumn column, int index, List<List<Word>> runs)
    {
        var lower = $"lower({column.Sql})";
        List<string> parts = [];
        List<string> slipped = [];
        foreach (var run in runs)
        {
            parts.AddRange(run.Where(w => w.Stem.Length >= LeastLetters).Take(MaxWords).Select(w => $"contains({lower}, {SqlText.Value(w.Raw.ToLowerInvariant())})"));
            var whole = string.Join(' ', run.Select(w => w.Raw.ToLowerInvariant()));
            var slips = Spelling.Slips(whole);
            if (slips > 0)
                slipped.Add($"(length({column.Sql}) BETWEEN {whole.Length - slips} AND {whole.Length + slips} AND damerau_levenshtein({lower}, {SqlText.Value(whole)}) <= {slips})");
        }

        // The shortest are the likeliest: a name before those that only have it in them.
        string[] tests = [$"(length({column.Sql}) <= {LongestName} AND ({string.Join(" OR ", parts)}))", .. slipped];
        return $"(SELECT {index} AS c, {column.Sql} AS v FROM {TableProfile.Table} WHERE {string.Join(" OR ", tests)} GROUP BY {column.Sql} ORDER BY length({column.Sql}), {column.Sql} LIMIT {MaxFound})";
    }
}
