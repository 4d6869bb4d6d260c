using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>Which columns a question means: what is grouped by, and what is computed of.</summary>
internal sealed class ColumnChoice(
    IReadOnlyList<Word> words, TableProfile table, Intent intent, Filters filters, IReadOnlyDictionary<string, string> choices)
{
    private const int MaxOptions = 20;
    private readonly List<TableColumn> _measures = [];

    /// <summary>What is grouped by; null where the question names nothing.</summary>
    public TableColumn? Group { get; private set; }

    /// <summary>The numbers it names, in their order.</summary>
    public IReadOnlyList<TableColumn> Measures => _measures;

    /// <summary>Choices of the user that were made use of.</summary>
    public Dictionary<string, string> Used { get; } = new(filters.Used, StringComparer.Ordinal);

    /// <summary>What is not clear; null where all is.</summary>
    public PlanOutcome.Unclear? Doubt { get; private set; }

    /// <summary>The words that mean nothing here.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = [];

    /// <summary>The numbers that are no names.</summary>
    public IReadOnlyList<TableColumn> Numbers =>
        [.. table.Columns.Where(c => c.IsNumber && !Words.OfName(c.Name).Any(Vocabulary.Identifiers.Contains))];

    public static ColumnChoice Of(
        IReadOnlyList<Word> words, TableProfile table, Intent intent, Filters filters, IReadOnlyDictionary<string, string> choices)
    {
        var choice = new ColumnChoice(words, table, intent, filters, choices);
        var mentions = Mentions.Columns(words, table, filters.Taken);
        foreach (var mention in mentions)
            choice.Take(mention);
        choice.Group ??= filters.Compared;
        choice.Unknown = [.. words.Where((w, i) => w.Kind is WordKind.Word or WordKind.Quoted && !Vocabulary.IsKnown(w.Stem)
            && !filters.Taken.Contains(i) && !mentions.Any(m => i >= m.Start && i < m.End)
            && !(intent.Bucket is not null && w.Stem is "day" or "week" or "month" or "quarter" or "year")).Select(w => w.Raw)];
        return choice;
    }

    /// <summary>The number that is computed of: what the question names, else what there is only one of; else the user chooses.</summary>
    public TableColumn? Measure(string of)
    {
        if (_measures.Count > 0)
            return _measures[0];
        // "The average price above 100" is about the price.
        if (filters.Columns.FindLast(c => c.IsNumber) is { } bounded)
            return bounded;
        var numbers = Numbers.ToList();
        return numbers.Count == 0 ? null : Resolve(of, $"Of which column is the {of} meant?", numbers);
    }

    /// <summary>What prices stand in: what the question names, else the close, else the price, else the only number.</summary>
    public TableColumn? Price()
    {
        if (_measures.Count > 0)
            return _measures[0];
        TableColumn? Named(string part) => Numbers.FirstOrDefault(c => Words.OfName(c.Name) is [var only] && only == part)
            ?? Numbers.FirstOrDefault(c => Words.OfName(c.Name).Contains(part));
        return Named("close") ?? Named("price") ?? Measure("volatility");
    }

    /// <summary>What names the single instruments, objects or people whose values follow on each other in time.</summary>
    public TableColumn? Instrument()
    {
        var texts = table.Columns.Where(c => c.Type == ColumnType.Text && c.Values.Count != 1).ToList();
        return texts.Find(c => Words.OfName(c.Name).Any(part => Vocabulary.LikeWord("stock").Contains(part)))
            ?? (Group is { Type: ColumnType.Text } ? Group : texts.Count == 1 ? texts[0] : null);
    }

    /// <summary>Of what the different values are counted: "how many symbols"; null where rows are.</summary>
    public TableColumn? Counted()
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (!(words[i].Stem == "how" && words[i + 1].Stem == "many") && !(words[i].Stem == "number" && words[i + 1].Stem == "of"))
                continue;
            var mention = Mentions.Columns(words, table, filters.Taken).FirstOrDefault(m => m.Start == i + 2 || (m.Start == i + 3 && words[i + 2].Stem == "trading"));
            return mention?.Only is { } only && (only.Type == ColumnType.Text || (only.IsTime && mention.Term is "day" or "date")) ? only : null;
        }

        return null;
    }

    /// <summary>What was taken for a group is what is counted.</summary>
    public void Ungroup() => Group = null;

    private void Take(Mention mention)
    {
        var before = mention.Start > 0 ? words[mention.Start - 1] : null;
        var groups = mention.Columns.Where(c => !c.IsNumber && !(c.IsTime && intent.Bucket is not null)).ToList();

        // "The most orders" does not mean the greatest order_id.
        var numbers = mention.Columns.Where(c => c.IsNumber && (IsNamed(mention, c) || Numbers.Contains(c))).ToList();
        var grouped = before is not null && Vocabulary.Group.Contains(before.Stem);
        if (numbers.Count > 0 && !(groups.Count > 0 && (grouped || before?.Stem is "which" or "what")))
        {
            // "How many by rating": a number may be grouped by, where it is not what is ranked by.
            if (grouped && intent.Top is null && Group is null && (intent.Measure == Planning.Measure.Count || _measures.Count > 0))
                Group = Resolve(mention.Term, Question(mention), numbers);
            else if (Resolve(mention.Term, Question(mention), numbers) is { } number && !_measures.Contains(number))
                _measures.Add(number);
        }
        else if (groups.Count > 0 && (Group is null || grouped))
        {
            // The time is what a trend runs along, not what it is told apart by.
            var wanted = groups.Where(c => !c.IsTime).ToList();
            if (wanted.Count > 0)
                Group = Resolve(mention.Term, Question(mention), wanted);
            else if (grouped)
                Group = groups[0];
        }
    }

    private static bool IsNamed(Mention mention, TableColumn column) =>
        string.Concat(Words.OfName(column.Name)) == string.Concat(Words.OfName(mention.Term));

    private static string Question(Mention mention) => $"Which column is meant by '{mention.Term}'?";

    private TableColumn? Resolve(string term, string question, List<TableColumn> columns)
    {
        if (columns.Count == 1)
            return columns[0];
        if (choices.TryGetValue(term, out var name) && columns.FirstOrDefault(c => c.Name == name) is { } column)
        {
            Used[term] = name;
            return column;
        }

        Doubt ??= new PlanOutcome.Unclear(term, question, [.. columns.Take(MaxOptions).Select(c => c.Name)]);
        return null;
    }
}
