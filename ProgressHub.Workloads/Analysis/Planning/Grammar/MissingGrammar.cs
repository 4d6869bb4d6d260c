using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Conditions on cells being empty: without a price, price is missing, lack a value, have no cost filled in.</summary>
internal sealed class MissingGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new MissingGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Lex(i) is Lex.Without or Lex.No or Lex.Missing or Lex.Present || (sentence.Lex(i) == Lex.Neither && sentence[i + 1].Stem is "a" or "an" or "any"))
                grammar.Read(i);
            else if (sentence[i].Stem == "any" && sentence.IsFree(i))
                grammar.NotAny(i);
            else if (sentence.IsFree(i) && sentence[i] is { IsUnknown: true, Stem: "free" })
                grammar.Free(i);
            else if (sentence.Lex(i) == Lex.On && sentence[i].Stem is "with" or "having" || grammar.IsHave(i))
                grammar.With(i);
        }
    }

    // "Don't belong to any club": have none.
    private void NotAny(int i)
    {
        var not = i - 1;
        while (not >= 0 && i - not < 5 && (sentence[not].IsFiller || sentence[not].Lex is Lex.To or Lex.On or Lex.In or Lex.Did or Lex.Verb))
            not--;
        if (sentence.Lex(not) != Lex.Not || !sentence.IsFree(i + 1) || sentence[i + 1].Column is not { Likeness: <= Likeness.Part, Columns: [{ Empty: > 0 } column] })
            return;
        Put(column, has: false, i + 1, [.. Enumerable.Range(not, i + 2 - not)]);
    }

    // "Employees who have a bonus": the verb, and no auxiliary.
    private bool IsHave(int i) => sentence.Lex(i) == Lex.Did && sentence[i].Stem is "have" or "has" or "had" && i > 0 && sentence[i + 1].Stem is "a" or "an" or "any" or "some";

    // "Orders with free shipping": those that have none of its cost.
    private void Free(int i)
    {
        var at = sentence.Next(i);
        if (sentence.IsFree(at) && sentence[at].Column is { Likeness: <= Likeness.Part } && sentence[at].ColumnsWhere(c => c.IsMeasure()) is [var column] && Presence.HasZeros(column))
            Put(column, has: false, at, [i, at]);
    }

    // "Orders with a discount", "employees who have a bonus": those that have some. "List orders with their discount" shows it, and what
    // is said of the discount further ("with a discount above 10") bounds it.
    private void With(int i)
    {
        var at = sentence.Next(i);
        var after = sentence.Next(at);
        if (i == 0 || sentence.Has(Lex.List) || sentence[i + 1].Stem is "the" or "their" or "its" or "his" or "her" || !sentence.IsFree(at) || sentence[at].Column is not { Likeness: <= Likeness.Part, Columns: [var column] }
            || sentence[at].Bucket is not null && !column.IsTime || column.IsFlag() || sentence[at].IsRow || IsGoingOn(after) || Presence.Of(column, has: true) is null)
        {
            return;
        }

        Put(column, has: true, at, sentence[at + 1] is { Bucket: not null, IsAdverb: false } && column.IsTime ? [i, at, at + 1] : [i, at]);
    }

    private bool IsGoingOn(int after) => sentence[after] is { Number: not null } or { Values.Count: > 0 } or { IsQuoted: true } or { Words: [{ Kind: Language.WordKind.Code }] } || (sentence[after].IsUnknown && after < sentence.Count)
        || sentence[after].Lex is Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost or Lex.Equal or Lex.Between or Lex.Is or Lex.Than or Lex.About or Lex.Not or Lex.Contains or Lex.StartsWith or Lex.EndsWith or Lex.Missing or Lex.Present or Lex.Before or Lex.After or Lex.Since or Lex.Until or Lex.Both or Lex.Either
        || sentence[after].Comparative is not null
        || (sentence[after].Lex is Lex.On or Lex.And or Lex.Or && sentence[sentence.Next(after)] is { Number: not null } or { Column: not null });

    private void Put(TableColumn column, bool has, int at, int[] places)
    {
        if (Presence.Of(column, has) is not var (condition, words))
            return;
        sentence.Take(has ? "bound" : "empty", places);
        sentence.Notes.Add($"'{string.Join(' ', places.Select(p => sentence[p].Raw))}' was read as: {words}.");
        draft.Filters.Add(new FilterPart(condition, column, at));
    }

    private void Read(int i)
    {
        var lex = sentence[i].Lex;
        if (lex is Lex.Missing or Lex.Present && After(i, isStrict: true) is { } next)
            Add(next, i, lex == Lex.Present);
        else if (lex is Lex.Missing or Lex.Present && Before(i) is { } last)
            Add(last, i, lex == Lex.Present);
        else if (lex is Lex.Without or Lex.No or Lex.Neither && After(i, isStrict: false) is { } column && !IsNever(column) && !IsOfGroups(i, column))
            Add(column, i, isNot: false);
    }

    // "On which days were there no orders": all rows of the day together had none.
    private bool IsOfGroups(int i, int at)
    {
        if (sentence[at].ColumnsWhere(c => c.IsMeasure()) is not [var column] || column.AddsUp() != true || !Presence.HasZeros(column) || !new GroupBounds(sentence, draft).IsOfSeveral(at))
            return false;
        sentence.Take("bound of groups", i, at);
        sentence.Notes.Add($"'{sentence[i].Raw} {sentence[at].Raw}' was read as: the total {column.Name} of each is 0.");
        draft.Having.Add(new GroupBound(new Measure.Of(Statistic.Sum, new Expr.Of(column)), "=", 0));
        return true;
    }

    // What lacks something has none of it: 0, "none" and no count as well as nothing. Sites without any are those that never have one.
    private Condition Absent(TableColumn column, int at)
    {
        if (sentence[at].Lex is not (Lex.Without or Lex.No or Lex.Neither))
            return new Condition.Empty(column);
        if (column.IsFlag() && Negation.AsksWhich(sentence))
        {
            draft.IsNever = true;
            return new Condition.Flag(column, Value: true);
        }

        var (condition, words) = Presence.Of(column, has: false) ?? (new Condition.Empty(column), "");
        if (condition is Condition.Any)
            sentence.Notes.Add($"'{sentence[at].Raw}' was read as: {words}.");
        return condition;
    }

    // "Which region has no sales in 2023": none of its rows is of 2023. Rows themselves just lack the cell.
    private bool IsNever(int column)
    {
        if (sentence[column].ColumnsWhere(c => c.IsMeasure()).Count == 0 && !sentence[column].IsRow)
            return false;
        var which = sentence.Find(Lex.Which) is >= 0 and var w ? w : sentence.Find(Lex.What);
        var target = which < 0 ? -1 : sentence.Next(which);
        if (target < 0 || sentence[target].IsRow || sentence[target].ColumnsWhere(c => c.IsCategory()).Count == 0 || !Enumerable.Range(0, sentence.Count).Any(i => i != target && (sentence[i].Period is not null || (sentence[i].Values.Count > 0 && sentence[i].Column is null))))
            return false;
        sentence.Take("never", column);
        draft.IsNever = true;
        return true;
    }

    private int? After(int i, bool isStrict)
    {
        for (var at = sentence.Next(i); at < sentence.Count; at = sentence.Next(at))
        {
            if (sentence[at].Column is not null && sentence.IsFree(at))
                return at;
            if (sentence[at].Lex is not (Lex.In or Lex.On or Lex.By) || (isStrict && sentence[at].Lex == Lex.By))
                return null;
        }

        return null;
    }

    private int? Before(int i)
    {
        for (var (at, steps) = (sentence.Previous(i), 0); at >= 0 && steps < 4; at = sentence.Previous(at), steps++)
        {
            if (sentence[at].Column is not null && sentence.IsFree(at))
                return at;
            if (sentence[at].Lex is not (Lex.Is or Lex.Did or Lex.Not))
                return null;
        }

        return null;
    }

    private void Add(int column, int at, bool isNot)
    {
        // "Is not missing" is there, "is not known" is not.
        var before = sentence.Previous(at);
        if (sentence.Lex(before) == Lex.Not && before > column - 1)
        {
            isNot = !isNot;
            sentence.Take("empty", before);
        }

        if (sentence.Choose(column, sentence[column].Column!.Columns) is not { } chosen)
            return;
        for (var k = Math.Min(column, at); k <= Math.Max(column, at); k++)
            sentence.Take("empty", k);
        // "Without a discharge date".
        if (chosen.IsTime && sentence.IsFree(column + 1) && sentence[column + 1] is { Bucket: not null, IsAdverb: false })
            sentence.Take("empty", column + 1);
        var after = Math.Max(column, at);
        if (sentence.Lex(after + 1) is Lex.Present or Lex.Missing && !isNot)
            sentence.Take("empty", after + 1);
        draft.Filters.Add(new FilterPart(Absent(chosen, at), chosen, at, isNot));
    }
}
