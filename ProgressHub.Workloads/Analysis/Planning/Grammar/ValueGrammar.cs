using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Conditions on values: West, paid orders, region is not West, DESK LAMP.</summary>
internal sealed class ValueGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new ValueGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i) && sentence[i].Values.Count > 0 && grammar.IsValue(i))
                grammar.Read(i);
        }
    }

    // Where words can be something else, they are a value only beside its column.
    private bool IsValue(int i)
    {
        var item = sentence[i];
        if (Beside(i, item.Values) is not null)
            return true;
        var likeness = item.Values[0].Likeness;
        if (item.Lex == Lex.Trend && likeness == Likeness.Exact && sentence[sentence.Previous(i)].Lex == Lex.In)
            return true;
        if (item.Lex is not (Lex.None or Lex.Missing or Lex.Present) && !(item.Lex is Lex.Filler or Lex.Verb && item.Words[0].Raw.Length > 3 && likeness == Likeness.Exact))
            return false;
        if (item.Lex is Lex.Missing or Lex.Present && likeness != Likeness.Exact)
            return false;
        if (likeness > Likeness.Exact && IsVerb(i))
            return false;
        // "Annual subscriptions", where that is how they are paid.
        if (item is { Bucket: not null, IsAdverb: true } && likeness == Likeness.Exact && (sentence[sentence.Next(i)].IsRow || sentence[sentence.Next(i)].ColumnsWhere(c => c == item.Values[0].Column).Count > 0))
            return true;
        // "In 10115": a number that is a value of texts, and bounds or counts nothing.
        if (item is { Period: null, Number: not null, Words: [{ Raw.Length: > 2 }] } && likeness == Likeness.Exact && item.Values.All(v => v.Column.Type == ColumnType.Text) && sentence[sentence.Previous(i)].Lex is Lex.In or Lex.On or Lex.From
            && (i + 1 >= sentence.Count || sentence[i + 1].Words[0].Kind is Language.WordKind.Stop or Language.WordKind.Comma || sentence[i + 1].Lex is Lex.And or Lex.Or or Lex.In or Lex.On))
            return true;
        if (item.Period is not null || item.Bucket is not null || item.Superlative is not null || item.Number is not null)
            return false;
        var before = sentence[sentence.Previous(i)].Lex;
        if (item.Column is { } column)
        {
            // "In Sales" is the department; "sales by region" is the column.
            // "How many did Omar close": what is closed, though a column says when.
            if (column.Likeness == Likeness.Related && likeness == Likeness.Related && column.Columns.All(c => c.IsTime))
                return true;
            if (column.Likeness <= likeness)
                return column.Likeness == Likeness.Exact && likeness == Likeness.Exact && before is Lex.In or Lex.From && column.Columns.All(c => c.IsMeasure());
        }

        return !item.IsRow || likeness == Likeness.Exact && before is Lex.Is or Lex.Equal;
    }

    // "Which managers lead more than 30": what they do, and no team lead.
    private bool IsVerb(int i) => sentence[i - 1] is { Column.Likeness: <= Likeness.Part } noun && noun.Raw.EndsWith('s') && sentence[sentence.Previous(i - 1)].Lex is Lex.Which or Lex.What or Lex.HowMany
        && sentence[i + 1].Lex is Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost or Lex.Most or Lex.Least && !sentence[i].Raw.EndsWith('s');

    private void Read(int i)
    {
        var item = sentence[i];
        var preposition = sentence[sentence.Previous(i)];
        var senses = Ends.Of(sentence.Terms, preposition.Stem == "into" ? Lex.To : preposition.Lex, item.Values);
        if (senses.Count == 0)
        {
            sentence.Refuse($"'{item.Raw}' is never what it is {sentence[sentence.Previous(i)].Raw}.");
            return;
        }

        item = item with { Values = senses };
        var sense = Beside(i, item.Values) ?? (item.Values.Count == 1 ? item.Values[0] : Choose(i, item));
        if (sense is null)
            return;
        if (sense.Values.Select(v => v.ToLowerInvariant()).Distinct().Count() > 1)
        {
            ChooseValue(i, item, sense);
            return;
        }

        Add(i, item, sense);
    }

    private void Add(int i, Item item, ValueSense sense)
    {
        var column = sense.Column;
        if (sense.Likeness > Likeness.Exact)
            sentence.Notes.Add($"'{item.Raw}' was read as {column.Name} {sense.Values[0]}.");
        if (sense.Values.Count > 1)
            sentence.Notes.Add($"{column.Name} is written in several ways, which all count: {string.Join(", ", sense.Values)}.");
        var isNot = Negation.Of(sentence, draft, i, column);
        if (isNot && column.Empty > 0)
            sentence.Notes.Add($"Rows without {column.Name} ({column.Empty}) count as not {sense.Values[0]}.");
        sentence.Take($"{column.Name} is {sense.Values[0]}", i);
        // "Grew maize" tells of no growth.
        if (sentence[sentence.Previous(i)].Stem is "grow" or "grew")
            sentence.Take($"{column.Name} is {sense.Values[0]}", sentence.Previous(i));
        TakeColumn(i, column);
        draft.Filters.Add(new FilterPart(new Condition.OneOf(column, sense.Values), column, i, isNot));
    }

    // "The West region", "region is West", "region West".
    private void TakeColumn(int i, TableColumn column)
    {
        var part = sentence.PartOf(i)!;
        var after = i + 1;
        if (sentence.IsFree(after) && Names(after, column) && !sentence[after].IsRow)
            sentence.Take(part, after);
        var before = sentence.Previous(i);
        while (before > 0 && (sentence[before].Lex is Lex.Is or Lex.Equal or Lex.Not or Lex.In or Lex.Either
            || (sentence[before].Lex == Lex.By && Names(sentence.Previous(before), column) && sentence[sentence.Previous(before)].Column!.Likeness == Likeness.Related)))
        {
            if (sentence[before].Lex is Lex.Equal or Lex.Either or Lex.By)
                sentence.Take(part, before);
            before = sentence.Previous(before);
        }

        if (sentence.IsFree(before) && Names(before, column) && !IsTarget(before))
            sentence.Take(part, before);
    }

    private bool IsTarget(int i) => sentence[sentence.Previous(i)].Lex is Lex.Which or Lex.What or Lex.By or Lex.Each or Lex.HowMany or Lex.Distinct or Lex.List or Lex.All;

    private bool Names(int i, TableColumn column) => sentence[i].Column is { } sense && sense.Columns.Contains(column) && (sentence[i].Lex is Lex.None or Lex.Filler or Lex.Row);

    private ValueSense? Beside(int i, IReadOnlyList<ValueSense> senses)
    {
        var before = sentence.Previous(i);
        while (sentence[before].Lex is Lex.Is or Lex.Equal or Lex.Not or Lex.Either or Lex.Or or Lex.And or Lex.In || (before >= 0 && sentence[before].Values.Count > 0 && !sentence.IsFree(before)))
            before = sentence.Previous(before);
        return senses.FirstOrDefault(s => Names(i + 1, s.Column)) ?? senses.FirstOrDefault(s => before >= 0 && Names(before, s.Column));
    }

    private ValueSense? Choose(int i, Item item)
    {
        // A list is of one column: what the neighbour that it is joined to is of, and not what stands before that.
        var listed = draft.Filters.Where(f => i - f.At <= 4 && f.At < i && IsJoined(f.At, i)).OrderByDescending(f => f.At).Select(f => item.Values.FirstOrDefault(v => v.Column == f.Column)).FirstOrDefault(v => v is not null);
        if (listed is not null)
            return listed;
        var exact = item.Values.Where(v => v.Likeness == item.Values.Min(x => x.Likeness)).ToList();
        if (exact.Count == 1)
            return exact[0];
        // The one that the question speaks of.
        var named = exact.Where(v => Enumerable.Range(0, sentence.Count).Any(k => sentence[k].Column is { Likeness: <= Likeness.Part } sense && sense.Columns.Contains(v.Column))).ToList();
        if (named.Count == 1)
            return named[0];
        // "The Otters at home": of the home_team, and not of the away_team.
        if (Told(i, exact) is { } told)
            return told;
        var term = $"value {item.Stem}";
        if (sentence.Choice(term) is { } name && item.Values.FirstOrDefault(v => v.Column.Name == name) is { } chosen)
            return chosen;
        sentence.Ask(term, $"'{item.Raw}' is in several columns. Which is meant?", item.Values.Select(v => v.Column.Name));
        return null;
    }

    // The one of whose name a word stands beside it that the others do not have.
    private ValueSense? Told(int at, List<ValueSense> senses)
    {
        for (var i = Math.Max(0, at - 4); i < Math.Min(sentence.Count, at + 5); i++)
        {
            if (i == at || !sentence.IsFree(i) || sentence[i].Words is not [{ Kind: Language.WordKind.Word } word])
                continue;
            var named = senses.Where(s => s.Column.Parts().Contains(word.Stem)).ToList();
            if (named is not [var only])
                continue;
            sentence.Take($"{only.Column.Name} is {only.Values[0]}", i);
            return only;
        }

        return null;
    }

    private bool IsJoined(int from, int to) => Enumerable.Range(from + 1, to - from - 1).Any(k => sentence[k].Lex is Lex.And or Lex.Or or Lex.Neither || sentence[k].Words[0].Kind == Language.WordKind.Comma);

    private void ChooseValue(int i, Item item, ValueSense sense)
    {
        var term = $"value {item.Stem} of {sense.Column.Name}";
        if (sentence.Choice(term) is { } value && sense.Values.Contains(value))
            Add(i, item, sense with { Values = [value] });
        else
            sentence.Ask(term, $"'{item.Raw}' can be several values of {sense.Column.Name}. Which is meant?", sense.Values);
    }
}
