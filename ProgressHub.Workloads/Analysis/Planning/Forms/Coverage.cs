using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>
/// Which part of the plan each word went into. The law of the planner: a word that bears meaning is in the plan, or the
/// question is not answered.
/// </summary>
internal static class Coverage
{
    /// <summary>Words that are in the plan, and not as they are meant.</summary>
    public static IEnumerable<string> Misread(Sentence sentence, Draft draft, Query query) => new Leftovers(sentence, draft, query).Misread();

    /// <summary>The places of the pieces that bear meaning and went into no part of the plan.</summary>
    public static IReadOnlyList<int> Left(Sentence sentence, Draft draft, Query query)
    {
        var columns = Columns(draft).ToHashSet();
        var leftovers = new Leftovers(sentence, draft, query);
        List<int> left = [];
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i) && !(query is Query.Rows { Columns.Count: 0 } && IsShown(sentence, i)) && (leftovers.IsLeft(i) || !IsSaid(sentence, draft, columns, i)))
                left.Add(i);
        }

        return left;
    }

    /// <summary>What the question's pieces came to and the query does not have: a key, a measure, a bound, an order.</summary>
    public static IReadOnlyList<string> Lost(Sentence sentence, Draft draft, Query query)
    {
        // The table itself is not narrowed down.
        if (query is Query.Facts)
            return [.. draft.Keys.Select(k => k.At).Concat(draft.Filters.Select(f => f.At)).Concat(draft.Measures.Select(m => m.At)).Select(i => sentence[i].Raw).Distinct()];
        // What a figure is over has it all.
        query = query is Query.Over over ? over.Inner : query;
        var columns = Contents.Of(query).ToHashSet();
        // Rows as they are have all columns; only what narrows or orders them can be lost.
        var shows = query is Query.Rows { Columns.Count: 0 };
        // The hours of a time are not its days.
        var steps = query is Query.Aggregate { Keys: var grouped, Nested: var nested } ? grouped.Append(nested?.Key).ToHashSet() : null;
        var keys = draft.Keys.Where(k => !columns.Contains(k.Key.Column) || (k.Key.Bucket is not null && steps?.Contains(k.Key) == false)).Select(k => k.At);
        var measures = draft.Measures.Where(m => !shows && m.Expression is { } e && !e.Columns.All(columns.Contains)).Select(m => m.At);
        var filters = draft.Filters.Where(f => f.Column is { } c && !columns.Contains(c)).Select(f => f.At);
        List<string> lost = [.. keys.Concat(measures).Concat(filters).Select(i => sentence[i].Raw), .. draft.Attributes.Where(a => !columns.Contains(a) && !shows).Select(a => $"when ({a.Name})")];
        if (draft.Rank is { } rank && !Contents.Ranks(query))
            lost.Add(sentence[rank.At].Raw);
        if (draft.Having.Count > 0 && query is not Query.Aggregate { Having.Count: > 0, Keys.Count: > 0 } and not Query.Aggregate { Outputs: [{ Measure: Measure.Test }, ..] })
            lost.Add("a bound of groups");
        return [.. lost.Distinct()];
    }

    /// <summary>Each word with the part of the plan it went into; null for words that bear no meaning.</summary>
    public static IReadOnlyList<(string Words, string? Part)> Of(Sentence sentence) =>
        [.. Enumerable.Range(0, sentence.Count).Select(i => (sentence[i].Raw, sentence.PartOf(i)))];

    private static bool IsSaid(Sentence sentence, Draft draft, HashSet<TableColumn> columns, int i)
    {
        var item = sentence[i];
        if (item.Words[0].Kind is WordKind.Comma or WordKind.Stop || UnitsSaid.Has(sentence, draft, i))
            return true;
        // A word of a column or a row that is in the plan already adds nothing.
        var parts = columns.SelectMany(c => c.Parts()).ToHashSet(StringComparer.Ordinal);
        if (item.Lex is Lex.None or Lex.Filler or Lex.Verb or Lex.Unit && item.Number is null && (item.Column?.Columns.Any(columns.Contains) == true || item.Words.All(w => parts.Contains(w.Stem))))
            return true;
        // "On rainy days": those whose weather it is.
        if (item is { Bucket: Bucket.Day, IsAdverb: false } && i > 0 && draft.Filters.Exists(f => f.At == i - 1 && !f.IsTime))
            return true;
        if (item.Column is { Likeness: <= Likeness.Part } && item.Lex != Lex.Filler && !item.IsRow)
            return false;
        return item.Lex switch
        {
            Lex.Filler or Lex.Is or Lex.Did or Lex.On or Lex.In or Lex.What or Lex.List or Lex.Table or Lex.That or Lex.All or Lex.Names => item.Number is null && item.Ordinal is null,
            // "The starting salary" is another one than the salary.
            Lex.From => item.Words[0].Stem is "from" or "coming",
            Lex.To => true,
            // "Which three have won the most, and how many each".
            Lex.Each => sentence[i + 1].Words[0].Kind == WordKind.Stop && (draft.Keys.Count > 0 || draft.Rank is not null) && sentence[sentence.Previous(i)].Lex is Lex.HowMany or Lex.HowMuch,
            // "More than 3,500 visitors altogether", where the total is bounded.
            Lex.Sum => draft.Having.Exists(h => h.Measure.AddsUp),
            // "How much is the cheapest": what it is ranked by is shown.
            Lex.HowMuch => i == 0 && draft.Rank?.Adjective is not null && draft.Measures.Count == 0,
            // "About the West region"; but "about 100" is no number that can be compared with.
            Lex.About => sentence[sentence.Next(i)] is { Number: null, Period: null } && i + 1 < sentence.Count,
            // A clause that narrows: what it says must have come to something.
            Lex.Which or Lex.Where or Lex.When => i > 0 && Narrows(draft, i),
            // "Who is the oldest patient".
            Lex.Who when i == 0 => sentence.Terms.IsOfPeople && draft.RowsAt > 0 && draft.Rank is not null,
            Lex.Who => i > 0 && Narrows(draft, i) && (sentence.Terms.IsOfPeople || IsNamed(sentence, sentence.Previous(i))),
            Lex.By => sentence[sentence.Next(i)] is var next && (sentence.PartOf(sentence.Next(i)) is "measure" or "rank" or "volatility" || draft.Filters.Exists(f => f.At == sentence.Next(i) && !f.IsTime) || next.Lex == Lex.HowMany),
            Lex.And => IsBetweenTaken(sentence, i),
            // "Only" narrows nothing further where what follows is a condition of the sum or count.
            Lex.Only => draft.Measures.Count > 0 && draft.Filters.Count > 0 && draft.KeyOf(KeyRole.Which) is null,
            Lex.Both or Lex.Either => draft.Measures.Count > 0 && (draft.Measures.Count > 1 || draft.Filters.Count > 1 || draft.Keys.Count > 1),
            // "How long does it last?"
            Lex.Last => sentence[i + 1].Words[0].Kind == WordKind.Stop && Enumerable.Range(0, i).Any(k => sentence[k].Words[0].Stem == "how"),
            // "Come in", "go out": no more than that a row is there, where no time of its own could be meant.
            Lex.Verb when item.Words is [_, var particle] && Fillers.Particles.Contains(particle.Stem) && sentence.Terms.PartValues(particle.Stem).Count == 0 && (!draft.Filters.Exists(f => f.IsTime) || sentence.Terms.Table.Columns.Count(c => c.IsTime) == 1) => draft.RowsAt >= 0 || draft.Keys.Count > 0 || draft.Measures.Count > 0,
            // "New members per month": when they joined says it.
            Lex.Verb when item.Stem == "new" => draft.Keys.Exists(k => k.Key.IsTime && TimeColumn.IsBeginning(k.Key.Column)) || draft.Filters.Exists(f => f.IsTime && f.Column is { } c && TimeColumn.IsBeginning(c)),
            // "Arrived late", "moved the most weight"; "arrived in 2020" may be of a time of its own.
            Lex.Verb when item.Stem is "won" or "win" && sentence.Terms.IsRowVerb(item.Stem) => true,
            Lex.Verb => (item.Stem is not ("won" or "win") || draft.Rank?.At > i || draft.Measures.Exists(m => m.At > i) || draft.Filters.Exists(f => f.At > i && f.Condition is Condition.Compare)) && !(draft.Filters.Exists(f => f.At > i && f.IsTime) && (sentence.Terms.Table.Columns.Count(c => c.IsTime) > 1 || !item.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase))) && ((sentence.PartOf(i - 1) == "measure" && item.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase)) || draft.Filters.Exists(f => f.At > i) || draft.Rank?.At > i || draft.Measures.Exists(m => m.At > i) || draft.Keys.Exists(k => k.At > i)),
            // "The hottest reading".
            Lex.Row => draft.RowsAt >= 0 || sentence[i - 1].Superlative is not null && !sentence.IsFree(i - 1),
            // "Summarize the revenue by region", "a summary of": the figures themselves.
            Lex.Describe => i <= 2 && draft.Measures.Count > 0 && draft.Keys.Count > 0,
            Lex.AreThere => i > 0 || draft.Filters.Count > 0,
            _ => item.IsRow && item.Column is null && item.Lex == Lex.None && (draft.Measures.Count > 0 || draft.RowsAt >= 0 || draft.Keys.Count > 0),
        };
    }

    // "With name and hire date", of rows that are shown whole.
    private static bool IsShown(Sentence sentence, int i)
    {
        var isList = sentence[i].Column is { Likeness: <= Likeness.Part } || (sentence[i].Lex == Lex.And && sentence[i + 1].Column is { Likeness: <= Likeness.Part });
        for (var k = i - 1; isList && k > 0; k--)
        {
            if (sentence[k].Lex == Lex.On)
                return sentence[k].Stem == "with" && sentence.IsFree(k);
            isList = sentence.IsFree(k) && (sentence[k].Column is { Likeness: <= Likeness.Part } || sentence[k].Lex is Lex.And or Lex.Filler || sentence[k].Words[0].Kind == WordKind.Comma);
        }

        return false;
    }

    // "Men who were disqualified": of whom it tells stands before it, and no number that is bounded.
    private static bool IsNamed(Sentence sentence, int i) => !sentence.IsFree(i) && (sentence[i].IsRow || sentence[i].Values.Count > 0 || sentence[i].ColumnsWhere(c => c.IsCategory()).Count > 0);

    private static bool Narrows(Draft draft, int i) => draft.Filters.Exists(f => f.At > i) || draft.Having.Count > 0 || draft.Rank?.At > i;

    private static bool IsBetweenTaken(Sentence sentence, int i) => !sentence.IsFree(sentence.Previous(i)) || !sentence.IsFree(sentence.Next(i));

    private static IEnumerable<TableColumn> Columns(Draft draft) => draft.Filters.Select(f => f.Column).OfType<TableColumn>()
        .Concat(draft.Keys.Select(k => k.Key.Column)).Concat(draft.Measures.SelectMany(m => m.Expression?.Columns ?? []))
        .Concat(draft.Attributes);
}
