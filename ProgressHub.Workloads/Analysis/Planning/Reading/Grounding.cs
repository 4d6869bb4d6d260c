using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>
/// Gives words that no phrase of the grammar has a meaning in their place: closed classes of English (something, who is,
/// kind of), verbs with a particle, and forms of the words that the table itself has.
/// </summary>
internal sealed class Grounding(TableTerms terms, IReadOnlyList<Item> items)
{
    private static readonly FrozenSet<string> Existential = FrozenSet.ToFrozenSet(["something", "anything", "somewhere", "anywhere", "sometime"]);
    private static readonly FrozenSet<string> Sorts = FrozenSet.ToFrozenSet(["kind", "sort", "type"]);
    private readonly List<string> _notes = [];

    /// <summary>The pieces, and what was read as something else.</summary>
    public static (List<Item> Items, IReadOnlyList<string> Notes) Read(TableTerms terms, IReadOnlyList<Item> items)
    {
        var grounding = new Grounding(terms, items);
        List<Item> read = [];
        for (var i = 0; i < items.Count; i++)
            read.Add(grounding.At(i));
        return (read, grounding._notes);
    }

    private Item At(int i)
    {
        var item = items[i];
        if (IsEmpty(i) || IsSort(i) || IsSort(i - 1) || IsRepeated(i))
            return item with { Lex = Lex.Filler, Column = null, Values = [], Period = null };
        // "Who was the referee": what a column of people says. Who is the oldest is another question.
        if (item.Lex == Lex.Who && i == 0 && After(i) is { Lex: Lex.Is } && Noun(i + 2) is { Superlative: null } noun && noun.ColumnsWhere(c => c.IsCategory()).Count > 0 && !noun.IsRow)
            return item with { Lex = Lex.What };
        if (IsCalled(i))
            return item with { Lex = Lex.Filler };
        if (Frequent(i) is { } frequent)
            return frequent;
        if (Way(i) is { } way)
            return way;
        return Particle(i) ?? Derived(i, Modified(i, item));
    }

    // "Bought something", "just list them": with nothing denied, these narrow nothing down.
    private bool IsEmpty(int i) => items[i] switch
    {
        { IsUnknown: true, Words: [var word] } when Existential.Contains(word.Stem) => !items.Any(o => o.Lex is Lex.Not or Lex.Never or Lex.Without or Lex.No or Lex.Neither),
        { Lex: Lex.Only, Stem: "just" } => After(i).Lex == Lex.List,
        _ => false,
    };

    // "Kind of crop", where no column is called kind: the crop.
    private bool IsSort(int i) => i >= 0 && items[i] is { Words: [var word], Column: null or { Likeness: > Likeness.Part }, Lex: Lex.None } && Sorts.Contains(word.Stem)
        && After(i).Stem == "of" && i + 2 < items.Count && items[i + 2].ColumnsWhere(c => c.IsCategory()).Count > 0;

    // "All animals called Max": the value of a name, and no other.
    private bool IsCalled(int i) => items[i] is { IsUnknown: true, Stem: "called" or "call" or "named" } && After(i).Values.Any(v => v.Column.Parts().Contains("name"));

    // "How many visitors", where a site is the Visitor Centre: a plural is what a value is of only as the last of its words.
    private Item Modified(int i, Item item) => i > 0 && items[i - 1].Lex == Lex.HowMany && item is { Column: null, IsRow: false, Lex: Lex.None, Values: [{ Likeness: Likeness.Part }, ..], Words: [{ Kind: Language.WordKind.Word } word] } && word.Raw.EndsWith('s')
        ? item with { Values = [.. item.Values.Where(v => v.Values.Any(name => Language.QuestionWords.Words(name) is [.., var last] && last.Stem == word.Stem))] } : item;

    // "On weekends (Saturday and Sunday)": the same days once more, in brackets.
    private bool IsRepeated(int i)
    {
        var open = i;
        while (open > 0 && items[open].Lex != Lex.Open)
            open--;
        if (open == 0 || items[open - 1].Period is not Period.Every(Queries.Bucket.Weekday, var said))
            return false;
        var close = open;
        while (close < items.Count - 1 && items[close].Lex != Lex.Close)
            close++;
        if (i > close || items[close].Lex != Lex.Close)
            return false;
        var inside = Enumerable.Range(open + 1, close - open - 1).Select(k => items[k]).Where(o => !(o.Lex is Lex.And or Lex.To or Lex.Filler || o.IsFiller)).ToList();
        return inside.TrueForAll(o => o.Period is Period.Every(Queries.Bucket.Weekday, _)) && !inside.Exists(o => o.Lex == Lex.To)
            && inside.SelectMany(o => ((Period.Every)o.Period!).Values).Order().SequenceEqual(said.Order());
    }

    // "The 5 most requested paths": of which most rows are, where the table counts no requests and has no piece of them.
    private Item? Frequent(int i)
    {
        if (IsFrequent(i))
            return items[i] with { Lex = items[i].Lex == Lex.Most ? Lex.Common : Lex.Rare };
        if (!IsFrequent(i - 1))
            return null;
        Say(items[i], "number of rows");
        return items[i] with { Lex = Lex.Filler, Column = null };
    }

    private bool IsFrequent(int i) => i >= 0 && items[i] is { Lex: Lex.Most or Lex.Least, Stem: "most" or "least" } && After(i) is { Column: null, Values.Count: 0, IsRow: false, Lex: Lex.None or Lex.Filler or Lex.Verb, Words: [{ Kind: Language.WordKind.Word } done] } && PlainVerbs.IsParticiple(done.Raw.ToLowerInvariant())
        && !terms.HasQuantity && i + 2 < items.Count && items[i + 2].ColumnsWhere(c => c.IsCategory()) is [var of] && !(of.Distinct >= 0.9 * terms.Table.Rows);

    // "Go out", "came in": the time whose name has the particle.
    private Item? Particle(int i)
    {
        if (items[i] is not { Lex: Lex.Verb or Lex.Filler or Lex.None, Values.Count: 0, Words: [_, var particle] } item || !Fillers.Particles.Contains(particle.Stem))
            return null;
        if ((terms.PartColumns([particle.Stem]) ?? (particle.Stem == "back" ? terms.RelatedColumns("back") : null))?.Columns.Where(c => c.IsTime).ToList() is not [var time])
            return null;
        Say(item, time.Name);
        return item with { Lex = Lex.None, Column = new ColumnSense([time], Likeness.Related) };
    }

    private static readonly FrozenSet<string> Leaving = FrozenSet.ToFrozenSet(["leaving", "leave", "left", "departing", "departed", "depart", "originating"]);
    private static readonly FrozenSet<string> Reaching = FrozenSet.ToFrozenSet(["arriving", "arrived", "arrive", "landing", "landed", "land", "heading", "bound", "going", "flying"]);

    // "Leaving DEN", "bound for JFK", where two columns are the ends of a way.
    private Item? Way(int i)
    {
        if (items[i] is not { Words: [{ Kind: Language.WordKind.Word } verb], IsRow: false, Values.Count: 0 } item || !(Leaving.Contains(verb.Stem) || Reaching.Contains(verb.Stem)))
            return null;
        var value = After(i).Stem is "at" or "in" or "for" or "to" or "from" ? i + 2 : i + 1;
        if (value >= items.Count || items[value].Values.Select(v => v.Column).Distinct().Count() < 2)
            return null;
        var isLeaving = Leaving.Contains(verb.Stem);
        return value == i + 2 && After(i).Lex is Lex.From or Lex.To ? item with { Lex = Lex.Filler, Column = null }
            : item with { Lex = isLeaving ? Lex.From : Lex.To, Column = null, Words = [verb with { Stem = isLeaving ? "from" : "to" }] };
    }

    // "Rent", of rentals, is what each row is; "remotely" is that a column of yes and no says yes.
    private Item Derived(int i, Item item)
    {
        if (item is not { Lex: Lex.None, IsRow: false, Values.Count: 0, Column: null or { Likeness: Likeness.Related }, Words: [{ Kind: Language.WordKind.Word } word] })
            return item;
        if (terms.IsFormOfRow(word.Stem) && (item.Column is null || IsInfinitive(i, word) || item.Column.Columns.All(c => c.Parts().Any(terms.IsRowNoun))))
            return item with { Lex = Lex.Filler, Column = null };
        // "Thanked", where a column says when the thanks were sent.
        if (item is { Column: null, Lex: Lex.None } && terms.EventOf(word) is { } done)
            return item with { Column = new ColumnSense([done], Likeness.Related) };
        if (item.IsUnknown && word.Stem is "id" or "ids" && terms.RowId is { } id && id.Parts().Contains("id"))
            return item with { Column = new ColumnSense([id], Likeness.Part) };
        if (item.Column is not null || terms.FlagOf(word.Stem) is not { } flag)
            return item;
        Say(item, flag.Name);
        return item with { Column = new ColumnSense([flag], Likeness.Related) };
    }

    // "Did anyone borrow": the verb itself, and none of its times.
    private bool IsInfinitive(int i, Language.Word word) => items.Take(i).Any(o => o.Lex == Lex.Did) && !word.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase) && !word.Raw.EndsWith('s') && items[i].Column!.Columns.All(c => !c.IsMeasure());

    private void Say(Item item, string column) => _notes.Add($"'{item.Raw}' was read as: {column}.");

    private Item After(int i) => i + 1 < items.Count ? items[i + 1] : items[^1];

    private Item? Noun(int i)
    {
        while (i < items.Count && items[i] is { Lex: Lex.Filler, Column: null })
            i++;
        return i < items.Count ? items[i] : null;
    }
}
