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
            if (sentence.Lex(i) is Lex.Without or Lex.No or Lex.Missing or Lex.Present)
                grammar.Read(i);
            else if (sentence.IsFree(i) && sentence[i] is { IsUnknown: true, Stem: "free" })
                grammar.Free(i);
            else if (sentence.Lex(i) == Lex.On && sentence[i].Stem is "with" or "having")
                grammar.With(i);
        }
    }

    // "Orders with free shipping": those where it is 0.
    private void Free(int i)
    {
        var at = sentence.Next(i);
        if (!sentence.IsFree(at) || sentence[at].Column is not { Likeness: <= Likeness.Part } || sentence[at].ColumnsWhere(c => c.IsMeasure()) is not [{ Min: "0" or "0.00" or "0.0" } column])
            return;
        sentence.Take("bound", i, at);
        draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(column), "=", new Expr.Number(0)), column, at));
    }

    // "Orders with a discount": those that have some, where the column has zeros; "list orders with their discount" shows it.
    private void With(int i)
    {
        var at = sentence.Next(i);
        var after = sentence.Next(at);
        if (i == 0 || sentence.Has(Lex.List) || sentence[i + 1].Stem is "the" or "their" or "its" or "his" or "her" || !sentence.IsFree(at) || sentence[at].Column is not { Likeness: <= Likeness.Part } || sentence[at].ColumnsWhere(c => c.IsMeasure()) is not [var column]
            || !double.TryParse(column.Min, System.Globalization.CultureInfo.InvariantCulture, out var least) || least != 0 || sentence[after].Number is not null
            || sentence[after].Lex is Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost or Lex.Equal or Lex.Between or Lex.Is or Lex.Than or Lex.About || sentence[after].Comparative is not null)
        {
            return;
        }

        sentence.Take("bound", i, at);
        sentence.Notes.Add($"'{sentence[i].Raw} {sentence[at].Raw}' was read as: {column.Name} is above 0.");
        draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(column), ">", new Expr.Number(0)), column, at));
    }

    private void Read(int i)
    {
        var lex = sentence[i].Lex;
        if (lex is Lex.Missing or Lex.Present && After(i, isStrict: true) is { } next)
            Add(next, i, lex == Lex.Present);
        else if (lex is Lex.Missing or Lex.Present && Before(i) is { } last)
            Add(last, i, lex == Lex.Present);
        else if (lex is Lex.Without or Lex.No && After(i, isStrict: false) is { } column && !IsNever(column))
            Add(column, i, isNot: false);
    }

    // "Without rain", "no bonus": 0 is none of it too, where the column counts quantities and has zeros.
    private Condition Absent(TableColumn column, int at)
    {
        // "Without a follow-up", where the column says yes or no; sites without any are those that never have one.
        if (sentence[at].Lex is Lex.Without or Lex.No && column.Type == ColumnType.Boolean)
        {
            draft.IsNever |= Negation.AsksWhich(sentence);
            return new Condition.Flag(column, draft.IsNever);
        }

        if (sentence[at].Lex is Lex.Without or Lex.No && column.Values.Where(v => v.ToLowerInvariant() is "none" or "no" or "nothing" or "nil" or "-").ToList() is { Count: > 0 } none)
        {
            Condition one = new Condition.OneOf(column, none);
            return column.Empty == 0 ? one : new Condition.Any([one, new Condition.Empty(column)]);
        }

        if (sentence[at].Lex is not (Lex.Without or Lex.No) || (column.AddsUp() != true && column is not { Empty: 0, IsNumber: true }) || !double.TryParse(column.Min, System.Globalization.CultureInfo.InvariantCulture, out var least) || least != 0)
            return new Condition.Empty(column);
        var zero = new Condition.Compare(new Expr.Of(column), "=", new Expr.Number(0));
        if (column.Empty == 0)
            return zero;
        sentence.Notes.Add($"Without {column.Name} are rows where it is 0, and those where it is empty.");
        return new Condition.Any([zero, new Condition.Empty(column)]);
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
