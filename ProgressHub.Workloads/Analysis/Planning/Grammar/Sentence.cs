using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>A question being understood: its pieces, and for each the part of the plan that it went into.</summary>
internal sealed class Sentence(TableTerms terms, IEnumerable<Item> items, IReadOnlyDictionary<string, string> choices)
{
    private const int MaxOptions = 20;
    private readonly List<Slot> _slots = [.. items.Select(i => new Slot(i))];

    /// <summary>The table's words.</summary>
    public TableTerms Terms => terms;

    /// <summary>How many pieces there are.</summary>
    public int Count => _slots.Count;

    /// <summary>What is not clear; null where all is.</summary>
    public PlanOutcome.Unclear? Doubt { get; private set; }

    /// <summary>Why it can't be answered though its words are known; null where it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Choices of the user that were made use of.</summary>
    public Dictionary<string, string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>What was taken for granted.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>The piece at a place; one without meaning beyond the ends.</summary>
    public Item this[int i] => i >= 0 && i < _slots.Count ? _slots[i].Item : Nothing;

    private static Item Nothing { get; } = new([new Language.Word(Language.WordKind.Stop, "", "")]);

    /// <summary>Whether no part of the plan has the piece yet.</summary>
    public bool IsFree(int i) => i >= 0 && i < _slots.Count && _slots[i].Part is null;

    /// <summary>Which part of the plan a piece went into; null where none.</summary>
    public string? PartOf(int i) => i >= 0 && i < _slots.Count ? _slots[i].Part : null;

    /// <summary>Says that pieces went into a part of the plan.</summary>
    public void Take(string part, params ReadOnlySpan<int> places)
    {
        foreach (var i in places)
        {
            if (i >= 0 && i < _slots.Count)
                _slots[i].Part ??= part;
        }
    }

    /// <summary>The grammar's meaning of a free piece.</summary>
    public Lex Lex(int i) => IsFree(i) ? this[i].Lex : NoMeaning;

    /// <summary>The next piece that is not just filling.</summary>
    public int Next(int i)
    {
        do
            i++;
        while (i < Count && this[i].IsFiller && !HasMeaning(i));
        return i;
    }

    /// <summary>The last piece before that is not just filling.</summary>
    public int Previous(int i)
    {
        do
            i--;
        while (i >= 0 && this[i].IsFiller && !HasMeaning(i));
        return i;
    }

    /// <summary>The first free piece with this meaning; -1 where there is none.</summary>
    public int Find(Lex lex, int from = 0)
    {
        for (var i = from; i < Count; i++)
        {
            if (Lex(i) == lex)
                return i;
        }

        return -1;
    }

    /// <summary>Whether a free piece has this meaning.</summary>
    public bool Has(Lex lex) => Find(lex) >= 0;

    /// <summary>Puts one piece in the place of several.</summary>
    public void Merge(int from, int to, Item item)
    {
        _slots.RemoveRange(from, to - from);
        _slots.Insert(from, new Slot(item));
    }

    /// <summary>Asks the user, unless something is asked already.</summary>
    public void Ask(string term, string question, IEnumerable<string> options) =>
        Doubt ??= new PlanOutcome.Unclear(term, question, [.. options.Distinct().Take(MaxOptions)]);

    /// <summary>Says why there is no answer, unless that is said already.</summary>
    public void Refuse(string why) => Refusal ??= why;

    /// <summary>What the user chose for a term before; null where nothing.</summary>
    public string? Choice(string term)
    {
        if (!choices.TryGetValue(term, out var choice))
            return null;
        Used[term] = choice;
        return choice;
    }

    /// <summary>One of several columns: the only one, the one its neighbours speak of, or the one that the user chose; else it is asked.</summary>
    public TableColumn? Choose(int at, IReadOnlyList<TableColumn> columns, string? question = null)
    {
        if (columns.Count <= 1)
            return columns.Count == 0 ? null : columns[0];
        if (Neighbours(at, columns) is { } near)
            return near;
        if (columns[0].Parts().Any(p => columns.All(c => c.Parts().Contains(p))) && Spoken(at, columns) is { } spoken)
            return spoken;
        var term = this[at].Stem;
        if (Choice(term) is { } name && columns.FirstOrDefault(c => c.Name == name) is { } column)
            return column;
        Ask(term, question ?? $"Which column is meant by '{this[at].Raw}'?", columns.Select(c => c.Name));
        return null;
    }

    // "Maximum temperature" is temp_max where there are temp_max and temp_min; "session duration" is the column with both words.
    private TableColumn? Neighbours(int at, IReadOnlyList<TableColumn> columns)
    {
        int[] near = [Previous(at), Next(at), Previous(Previous(at))];
        var stems = near.Where(i => i >= 0 && i < Count).SelectMany(i => this[i].Words.Select(w => w.Stem)).SelectMany(s => Synonyms.Of(s).Append(s)).ToHashSet(StringComparer.Ordinal);
        var scored = columns.Select(c => (Column: c, Score: c.Parts().Count(p => stems.Contains(p) && !this[at].Stem.Contains(p, StringComparison.Ordinal)))).ToList();
        var best = scored.Max(s => s.Score);
        if (best == 0 || scored.Count(s => s.Score == best) > 1)
            return null;
        var chosen = scored.First(s => s.Score == best).Column;
        foreach (var i in near.Where(i => IsFree(i) && this[i].Lex == Planning.Terms.Lex.None && this[i].Words.Any(w => chosen.Parts().Contains(w.Stem))))
            Take($"column {chosen.Name}", i);
        return chosen;
    }

    // "The priciest home sold": of list_price and sale_price the one that the rest of the question speaks of, in a word that no other has.
    private TableColumn? Spoken(int at, IReadOnlyList<TableColumn> columns)
    {
        var stems = Enumerable.Range(0, Count).Where(i => i != at).SelectMany(i => this[i].Words).Select(w => w.Stem).ToHashSet(StringComparer.Ordinal);
        bool IsSaid(string part) => stems.Contains(part) || RowNouns.Verbs.Any(v => v.Contains(part) && v.Overlaps(stems));
        var spoken = columns.Where(c => c.Parts().Any(p => !columns.All(o => o.Parts().Contains(p)) && !this[at].Words.Any(w => w.Stem == p) && p.Length > 2 && IsSaid(p))).ToList();
        if (spoken is not [var only])
            return null;
        Notes.Add($"'{this[at].Raw}' was read as {only.Name}.");
        return only;
    }

    private static Lex NoMeaning => Planning.Terms.Lex.None;

    private bool HasMeaning(int i) => this[i].Column is not null || this[i].Values.Count > 0 || this[i].IsRow || this[i].Bucket is not null || this[i].Formula is not null || this[i].Ratio is not null;

    private sealed class Slot(Item item)
    {
        public Item Item { get; } = item;

        public string? Part { get; set; }
    }
}
