using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>The conditions a question sets: values of text columns, bounds of numbers, and times.</summary>
internal sealed class Filters(IReadOnlyList<Word> words, TableProfile table, IReadOnlyDictionary<string, string> choices)
{
    private readonly List<string> _sql = [];
    private readonly HashSet<int> _taken = [];

    /// <summary>The conditions.</summary>
    public IReadOnlyList<string> Sql => _sql;

    /// <summary>The words that say them.</summary>
    public IReadOnlySet<int> Taken => _taken;

    /// <summary>The columns with a condition on single values.</summary>
    public List<TableColumn> Columns { get; } = [];

    /// <summary>The column of several values that are to be compared; null where none are.</summary>
    public TableColumn? Compared { get; private set; }

    /// <summary>Choices that conditions rest on.</summary>
    public Dictionary<string, string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>A bound whose column the question does not name: it is that of its measure.</summary>
    public string? OfMeasure { get; private set; }

    /// <summary>What is not clear; null where all is.</summary>
    public PlanOutcome.Unclear? Doubt { get; private set; }

    public static Filters Read(IReadOnlyList<Word> words, TableProfile table, IReadOnlyDictionary<string, string> choices)
    {
        var filters = new Filters(words, table, choices);
        var columns = Mentions.Columns(words, table, filters.Taken);
        filters.ReadTimes();
        filters.ReadBounds(columns);
        filters.ReadValues(columns);
        filters.ReadEqualities(columns);
        return filters;
    }

    private void ReadTimes()
    {
        var when = table.Timeline;
        var yearColumn = when is null ? table.Columns.FirstOrDefault(c => c.IsNumber && Words.OfName(c.Name) is ["year"]) : null;
        if (when is null && yearColumn is null)
            return;
        for (var i = 0; i < words.Count; i++)
        {
            if (Period.At(words, i) is not { } period || !IsTime(i, when, yearColumn))
                continue;
            var before = i > 0 ? words[i - 1].Stem : "";
            var end = i + period.Length;
            DateOnly? from = before is "before" or "until" or "till" or "through" ? null : before == "after" ? period.To : period.From;
            DateOnly? to = before is "since" or "after" ? null : before == "before" ? period.From : period.To;
            if (before is "between" or "from" && end + 1 < words.Count && words[end].Stem is "and" or "to" or "until"
                && Period.At(words, end + 1) is { } last)
            {
                to = last.To;
                end += 1 + last.Length;
            }
            else if (before == "from")
            {
                to = null;
            }

            Take(before is "in" or "during" or "on" or "of" or "for" or "since" or "from" or "after" or "before" or "until" or "till" or "through" or "between" ? i - 1 : i, end);
            if (when is not null)
                AddTimes(when, Day(from), Day(to));
            else
                AddTimes(yearColumn!, from is { } f ? $"{f.Year}" : null, to is { } t ? $"{t.Year}" : null, quote: false);
            i = end - 1;
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    // A number such as 2024 is a year where a word says so, or where the table has that year.
    private bool IsTime(int i, TableColumn? when, TableColumn? yearColumn)
    {
        if (words[i].Year is not { } year)
            return true;
        var before = i > 0 ? words[i - 1].Stem : "";
        if (Vocabulary.Above.Contains(before) || Vocabulary.Below.Contains(before) || before is "top" or "than" or "least" or "first")
            return false;
        var column = when ?? yearColumn!;
        return before is "in" or "during" or "since" or "after" or "before" or "until"
            || (int.TryParse(column.Min?.Split('-')[0], out var least) && int.TryParse(column.Max?.Split('-')[0], out var most)
                && year >= least && year <= most);
    }

    private void AddTimes(TableColumn column, string? from, string? to, bool quote = true)
    {
        if (from is not null)
            _sql.Add($"{column.Sql} >= {(quote ? SqlText.Value(from) : from)}");
        if (to is not null)
            _sql.Add($"{column.Sql} < {(quote ? SqlText.Value(to) : to)}");
    }

    private void ReadBounds(IReadOnlyList<Mention> columns)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (_taken.Contains(i) || Bound(i) is not { } bound)
                continue;
            var mention = columns.LastOrDefault(m => m.End <= i && m.Only is { IsNumber: true } && i - m.End <= 3)
                ?? columns.FirstOrDefault(m => m.Start >= bound.End && m.Start - bound.End <= 1 && m.Only is { IsNumber: true });
            Take(i, bound.End);
            if (mention is null)
            {
                OfMeasure = bound.Sql;
                continue;
            }

            _sql.Add($"{mention.Only!.Sql} {bound.Sql}");
            Columns.Add(mention.Only);
            Take(mention.Start, mention.End);
        }
    }

    private (string Sql, int End)? Bound(int i)
    {
        var stem = words[i].Stem;
        var next = i + 1 < words.Count ? words[i + 1].Stem : "";
        if (stem == "between" && NumberAt(i + 1) is { } low && next is not "and" && i + 3 < words.Count && words[i + 2].Stem is "and" && NumberAt(i + 3) is { } high)
            return ($"BETWEEN {low} AND {high}", i + 4);
        if (stem == "at" && next is "least" or "most" && NumberAt(i + 2) is { } edge)
            return ($"{(next == "least" ? ">=" : "<=")} {edge}", i + 3);
        var sign = Vocabulary.Above.Contains(stem) ? ">" : Vocabulary.Below.Contains(stem) ? "<" : stem is "=" or "==" or "equal" ? "=" : null;
        if (sign is null)
            return null;
        if (stem is ">=" or "<=")
            sign = stem;
        var at = next is "than" or "to" ? i + 2 : i + 1;
        return NumberAt(at) is { } number ? ($"{sign} {number}", at + 1) : null;
    }

    private string? NumberAt(int i) => i < words.Count && words[i].Number is { } number
        ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

    private void ReadValues(IReadOnlyList<Mention> columns)
    {
        List<(TableColumn Column, string Value, bool Not)> chosen = [];
        foreach (var value in Mentions.Values(words, table))
        {
            if (Enumerable.Range(value.Start, value.Length).Any(i => _taken.Contains(i) || columns.Any(m => i >= m.Start && i < m.End && m.Only is not null)))
                continue;
            var column = value.Columns.Count == 1
                ? value.Columns[0]
                : value.Columns.FirstOrDefault(c => columns.Any(m => m.Only == c)) ?? Choose(value);
            if (column is null)
                return;
            var not = value.Start > 0 && words[value.Start - 1].Stem is "not" or "except" or "excluding" or "without";
            chosen.Add((column, value.Value, not));
            Take(value.Start, value.Start + value.Length);
        }

        foreach (var group in chosen.GroupBy(c => (c.Column, c.Not)))
        {
            var values = group.Select(c => SqlText.Value(c.Value)).Distinct().ToList();
            var (column, not) = group.Key;
            _sql.Add(values.Count == 1
                ? $"{column.Sql} {(not ? "<>" : "=")} {values[0]}"
                : $"{column.Sql} {(not ? "NOT " : "")}IN ({string.Join(", ", values)})");
            if (values.Count > 1 && words.Any(w => w.Stem is "compare" or "comparison" or "versus" or "vs"))
                Compared = column;
            foreach (var mention in columns.Where(m => m.Only == column && group.Any(g => IsSaidOf(m, g.Value))))
                Take(mention.Start, mention.End);
        }
    }

    // "region is West", "region West", "the West region": the column's name belongs to the condition.
    private bool IsSaidOf(Mention mention, string value)
    {
        var end = mention.End;
        while (end < words.Count && words[end].Stem is "is" or "=" or "was" or "equal" or "in" or "not")
            end++;
        bool Is(int i) => i >= 0 && i < words.Count && value.StartsWith(words[i].Raw, StringComparison.OrdinalIgnoreCase);
        return Is(end) || (mention.Start > 0 && value.EndsWith(words[mention.Start - 1].Raw, StringComparison.OrdinalIgnoreCase));
    }

    private TableColumn? Choose(ValueMention value)
    {
        var term = $"value {value.Value.ToLowerInvariant()}";
        if (choices.TryGetValue(term, out var name) && value.Columns.FirstOrDefault(c => c.Name == name) is { } column)
        {
            Used[term] = name;
            return column;
        }

        Doubt ??= new PlanOutcome.Unclear(term, $"'{value.Value}' is in several columns. Which is meant?", [.. value.Columns.Select(c => c.Name)]);
        return null;
    }

    // Of values that are not known by heart: "customer is Miller", "name contains 'ill'".
    private void ReadEqualities(IReadOnlyList<Mention> columns)
    {
        foreach (var mention in columns)
        {
            if (mention.Only is not { Type: ColumnType.Text } column || mention.End + 1 >= words.Count || _taken.Contains(mention.Start))
                continue;
            var verb = words[mention.End].Stem;
            var value = words[mention.End + 1];
            if (value.Kind is WordKind.Sign || _taken.Contains(mention.End + 1))
                continue;
            if (verb is "contain" or "like" or "include")
                _sql.Add($"{column.Sql} LIKE {SqlText.Value($"%{value.Raw}%")}");
            else if (verb is "=" or "equal" or "==" || (verb == "is" && value.Kind == WordKind.Quoted))
                _sql.Add($"lower({column.Sql}) = {SqlText.Value(value.Raw.ToLowerInvariant())}");
            else
                continue;
            Take(mention.Start, mention.End + 2);
        }
    }

    private void Take(int from, int to)
    {
        for (var i = from; i < to; i++)
            _taken.Add(i);
    }
}
