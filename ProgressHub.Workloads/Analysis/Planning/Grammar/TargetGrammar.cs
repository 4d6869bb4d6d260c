using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What is asked for: which region, who, when, list all sites, show the orders.</summary>
internal sealed class TargetGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new TargetGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            switch (sentence.Lex(i))
            {
                case Lex.Which or Lex.What or Lex.List or Lex.Names:
                    grammar.After(i);
                    break;
                case Lex.Who when i == 0 || (sentence[i - 1].Stem is not ("those" or "one" or "they") && (!sentence[i - 1].IsRow && sentence[i - 1].Column is null && sentence[i - 1].Values.Count == 0)):
                    grammar.Person(i);
                    break;
                case Lex.When when i == 0 || sentence[i - 1].Lex == Lex.And:
                    grammar.Time(i);
                    break;
                case Lex.Where when i == 0:
                    grammar.Place(i);
                    break;
            }
        }

        grammar.Ranked();
        grammar.Head();
    }

    /// <summary>Takes what is left of categories: they are named, and the plan makes of them what it can.</summary>
    public static void Rest(Sentence sentence, Draft draft)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            // A step of time is a key only where a word says so, or it is what is ranked.
            if (!sentence.IsFree(i) || (sentence[i].Bucket is not null && sentence[i - 1].Number is not null) || (sentence[i].ColumnsWhere(c => c.IsCategory()).Count == 0 && (sentence[i].Bucket is null || (draft.Rank is null && (draft.Measures.Count > 0 || !sentence[i].Raw.EndsWith('s'))))) || sentence[i].Lex is not (Lex.None or Lex.Filler))
                continue;
            // "Over all channels": not told apart.
            var before = sentence.Previous(i);
            if (sentence[before].Lex == Lex.All && sentence[sentence.Previous(before)].Lex is not (Lex.List or Lex.What or Lex.Which) && (draft.Rank is not null || (draft.Measures.Count > 0 && draft.Measures is not [{ Statistic: Statistic.Distinct }])))
            {
                sentence.Take("all", before, i);
                if (sentence[i + 1].Stem is "together" or "combined")
                    sentence.Take("all", i + 1);
                continue;
            }

            // "Which owner has the most urgent projects": they are what is counted.
            if (sentence[i].IsRow && draft.Measures.Count == 0 && sentence.Has(Lex.Than) && sentence[sentence.Previous(i)].Lex is Lex.Above or Lex.Below)
                continue;
            if (sentence[i].IsRow && draft.Rank is { } ranked && ranked.At < i && draft.Measures.Count == 0 && draft.KeyOf(KeyRole.Which) is not null && sentence[ranked.At].Stem is "most" or "fewest" or "least")
                continue;
            // "Suppliers without late products": whatever their rows are called.
            if (draft.IsNever && (draft.KeyOf(KeyRole.Which) ?? draft.KeyOf(KeyRole.Named)) is { } which && which.At < i && (sentence[i].Raw.EndsWith('s') && which.Role == KeyRole.Which || sentence[i - 1].Stem == "any"))
            {
                sentence.Take("never", i);
                continue;
            }

            // "Visits of patients born in 2010" are visits.
            var isOf = draft.RowsAt >= 0 && draft.RowsAt < i && draft.Measures.Count == 0 && draft.Rank is null && draft.Keys.Count == 0 && sentence[i - 1].Stem == "of" && sentence[i].Raw.EndsWith('s');
            if (isOf || (sentence[i].IsRow && (draft.RowsAt >= 0 || draft.Measures.Count > 0 || draft.KeyOf(KeyRole.By) is not null || draft.KeyOf(KeyRole.Each) is not null)))
            {
                sentence.Take("rows", i);
                continue;
            }

            // "Born before 1940": the year says so already.
            if (sentence[i].ColumnsWhere(c => c.IsCalendarNumber()) is [var year] && draft.Filters.Exists(f => f.Column == year))
            {
                sentence.Take("time", i);
                continue;
            }

            // "Insured with AXA", of the insurer: the value says so already.
            if (sentence[i] is { Column: { Likeness: Likeness.Related, Columns: [var verbOf] } } && sentence[i].Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase) && draft.Filters.Exists(f => f.Column == verbOf && f.At > i && f.At < i + 4))
            {
                sentence.Take($"{verbOf.Name}", i);
                continue;
            }

            if (KeyGrammar.KeyAt(sentence, i) is not { } key)
                continue;
            sentence.Take("target", i);
            if (!draft.Keys.Exists(k => k.Key == key))
                draft.Keys.Add(new KeyPart(key, KeyRole.Named, i));
        }
    }

    private void After(int i)
    {
        for (var (at, steps) = (sentence.Next(i), 0); at < sentence.Count && steps < 8; at = sentence.Next(at), steps++)
        {
            var item = sentence[at];
            if (sentence.IsFree(at) && Target(i, at))
                return;
            var passes = !sentence.IsFree(at) || item.Lex is Lex.All or Lex.Distinct or Lex.On or Lex.Is or Lex.Most or Lex.Least or Lex.Only || item.Number is not null || item.Ordinal is not null;
            if (!passes || item.Words[0].Kind is Language.WordKind.Comma or Language.WordKind.Stop)
                return;
        }
    }

    private bool Target(int i, int at)
    {
        var item = sentence[at];
        if (item.Lex == Lex.HowMany)
            return false;
        if ((item.IsRow || item.Lex == Lex.Row) && item.ColumnsWhere(c => c.IsMeasure()).Count == 0 && (item.Column is null || item.Column.Columns.All(c => c == sentence.Terms.RowId) || sentence[i].Lex == Lex.List))
        {
            sentence.Take("target", i, at);
            draft.RowsAt = at;
            return true;
        }

        if (item.Bucket is null && item.ColumnsWhere(c => c.IsMeasure()).Count > 0 && (item.ColumnsWhere(c => c.IsCategory()).Count == 0 || item.Column!.Likeness > Likeness.Part))
            return true;
        if (Ends.WayOf(sentence, at) is var (origin, destination))
        {
            sentence.Take("target", i, at);
            draft.Keys.AddRange([new KeyPart(new Key(origin, null), KeyRole.Which, at), new KeyPart(new Key(destination, null), KeyRole.Which, at)]);
            return true;
        }

        if (KeyGrammar.KeyAt(sentence, at) is not { } key)
            return false;
        sentence.Take("target", i, at);
        draft.Keys.Add(new KeyPart(key, KeyRole.Which, at));
        for (var and = sentence.Next(at); sentence[and].Lex == Lex.And && sentence.IsFree(sentence.Next(and)) && (sentence[sentence.Next(and)].Bucket is not null || sentence[sentence.Next(and)].ColumnsWhere(c => c.IsCategory()).Count > 0); and = sentence.Next(sentence.Next(and)))
        {
            if (KeyGrammar.KeyAt(sentence, sentence.Next(and)) is not { } other)
                break;
            sentence.Take("target", and, sentence.Next(and));
            draft.Keys.Add(new KeyPart(other, KeyRole.Which, sentence.Next(and)));
        }

        return true;
    }

    // "The agent with the fewest tickets": what stands before is ranked, and rows are what it is ranked by.
    private bool IsWith(RankPart rank)
    {
        var with = sentence.Previous(rank.At);
        var before = sentence.Previous(with);
        if (sentence[with].Stem is not ("with" or "with the" or "having" or "has" or "that has") || !sentence[sentence.Next(rank.At)].IsRow || !sentence.IsFree(before) || sentence[before].ColumnsWhere(c => c.IsMeasure()).Count > 0 || sentence[before].IsRow
            || KeyGrammar.KeyAt(sentence, before) is not { } key)
        {
            return false;
        }

        sentence.Take("target", before);
        draft.Keys.Add(new KeyPart(key, KeyRole.Which, before));
        return true;
    }

    // "Visits in March": what the question begins with is what it is about.
    private void Head()
    {
        var first = sentence.Next(-1);
        while (draft.Filters.Exists(f => f.At == first))
            first = sentence.Next(first);
        if (draft.RowsAt < 0 && draft.Keys.Count == 0 && draft.Rank is null && draft.Attributes.Count == 0 && sentence.IsFree(first) && sentence[first].IsRow && sentence[first].Raw.EndsWith('s') && sentence[first].ColumnsWhere(c => c.IsMeasure()).Count == 0)
            draft.RowsAt = first;
    }

    private void Person(int i)
    {
        // "Who handled the most": the handler, though the verb says nothing as a rule.
        if (sentence.IsFree(i + 1) && sentence[i + 1] is { Lex: Lex.Filler or Lex.Verb, Column: null, Words: [{ Raw.Length: > 4 } did] }
            && sentence.Terms.RootedColumns(did.Stem).Where(c => c.Type == ColumnType.Text && !c.IsIdentifier()).ToList() is [var doer])
        {
            sentence.Take("target", i, i + 1);
            draft.Keys.Add(new KeyPart(new Key(doer, null), KeyRole.Which, i));
            return;
        }

        // "Who directed it": the director.
        var verb = sentence.Next(i);
        if (sentence.IsFree(verb) && sentence[verb].ColumnsWhere(c => c.Type == ColumnType.Text && !c.IsIdentifier()) is [var agent] && sentence[verb].Column!.Likeness > Likeness.Exact)
        {
            sentence.Take("target", i, verb);
            draft.Keys.Add(new KeyPart(new Key(agent, null), KeyRole.Which, i));
            return;
        }

        var columns = sentence.Terms.Table.Columns.Where(c => c.Type == ColumnType.Text && !c.IsIdentifier() && c.Parts().Any(p => p == "name" || RowNouns.People.Contains(p) || p is "rep" or "assignee" or "salesperson" or "manager" or "author" or "driver" or "donor" or "agent" or "owner" or "buyer" or "seller")).ToList();
        if (columns.Count == 0 || draft.KeyOf(KeyRole.Which) is not null)
            return;
        // The column that the table begins with, where it is of people, is whom it is about.
        if (columns.Count > 1 && columns[0] == sentence.Terms.Table.Columns[0])
        {
            sentence.Notes.Add($"'{sentence[i].Raw}' was read as {columns[0].Name}; name another for another: {string.Join(", ", columns.Skip(1).Select(c => c.Name))}.");
            columns = [columns[0]];
        }

        if (columns.Find(c => c.Parts() is ["name"] or ["full", "name"]) is not { } column && sentence.Choose(i, columns, "Who is meant by 'who'?") is not { } column2)
            return;
        column = columns.Find(c => c.Parts() is ["name"] or ["full", "name"]) ?? sentence.Choose(i, columns, "Who is meant by 'who'?")!;
        sentence.Take("target", i);
        draft.Keys.Add(new KeyPart(new Key(column, null), KeyRole.Which, i));
    }

    private void Time(int i)
    {
        if (TimeColumn.Of(sentence, i) is not { } column)
            return;
        sentence.Take("target", i);
        draft.Attributes.Add(column);
    }

    private void Place(int i)
    {
        if (sentence.Terms.Table.Columns.Where(c => c.Type == ColumnType.Text && c.Parts().Any(p => p is "city" or "country" or "location" or "place" or "region" or "site" or "station" or "town" or "state")).ToList() is not [var column])
            return;
        sentence.Take("target", i);
        draft.Keys.Add(new KeyPart(new Key(column, null), KeyRole.Which, i));
    }

    // "Top 3 sales reps", "the 5 largest orders", "product with the highest price": what follows or precedes the rank.
    private void Ranked()
    {
        if (draft.Rank is not { } rank || draft.KeyOf(KeyRole.Which) is not null || draft.RowsAt >= 0 || draft.Attributes.Count > 0)
            return;
        if (IsWith(rank))
            return;
        for (var (at, steps) = (sentence.Next(rank.At), 0); at < sentence.Count && steps < 3; at = sentence.Next(at), steps++)
        {
            var item = sentence[at];
            // "The busiest loading hour": the hours of loaded_at.
            if (sentence.IsFree(at) && item.ColumnsWhere(c => c.IsTime) is [var time] && item is { Bucket: null, IsRow: false, Column.Columns.Count: 1 } && sentence[at + 1] is { Bucket: { } step, IsAdverb: false } && time.Type != ColumnType.Text)
            {
                sentence.Take("target", at, at + 1);
                draft.Keys.Add(new KeyPart(new Key(time, step), KeyRole.Which, at + 1));
                return;
            }

            if (sentence.IsFree(at) && item.IsRow && item.ColumnsWhere(c => c.IsMeasure()).Count == 0 && draft.Keys.TrueForAll(k => k.Role != KeyRole.By))
            {
                draft.RowsAt = at;
                sentence.Take("target", at);
                return;
            }

            if (sentence.IsFree(at) && (item.Bucket is not null && !item.IsAdverb || item.ColumnsWhere(c => c.IsMeasure()).Count == 0) && KeyGrammar.KeyAt(sentence, at) is { } key)
            {
                sentence.Take("target", at);
                draft.Keys.Add(new KeyPart(key, KeyRole.Which, at));
                return;
            }

            if (sentence.IsFree(at) && item.Lex != Lex.On && item.Values.Count == 0)
                return;
        }
    }
}
