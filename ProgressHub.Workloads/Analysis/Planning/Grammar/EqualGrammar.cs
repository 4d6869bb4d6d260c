using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Numbers that a column is exactly: a quantity of 10, rating 5, price is 3.</summary>
internal static class EqualGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (!sentence.IsFree(i) || sentence[i].Number is not { } number || sentence[i].Column is not null)
                continue;
            if (Listed(sentence, draft, i))
                continue;
            if ((Attributive(sentence, i) ?? Compound(sentence, i)) is { } described)
            {
                draft.Measures.RemoveAll(m => m.At > i && m.Statistic is null && m.Expression is Expr.Of { Column: var named } && named == described);
                draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(described), "=", new Expr.Number(number)), described, i, Negation.Of(sentence, draft, i, described)));
                continue;
            }

            var before = sentence.Previous(i);
            // What has something of 10 is itself no 10.
            while (sentence[before].Lex is Lex.Is or Lex.On or Lex.Equal && sentence[before].Stem is not ("with" or "having" or "for"))
                before = sentence.Previous(before);
            if (sentence[before].ColumnsWhere(c => c.IsNumber) is not { Count: > 0 } columns || sentence.PartOf(before) is not (null or "measure") || sentence.Choose(before, columns) is not { } column)
                continue;
            var first = i;
            // The column is there for the number's sake, unless a statistic of it is asked for too.
            draft.Measures.RemoveAll(m => m.At == before && m.Statistic is null);
            for (var k = before; k <= i; k++)
                sentence.Take("equal", k);
            List<double> numbers = [number, .. Others(sentence, ref i)];
            var unit = sentence.Next(i);
            if (sentence.IsFree(unit) && (sentence[unit].Lex == Lex.Unit || UnitWords.IsUnit(sentence[unit].Stem)) && UnitWords.Fits(column, sentence[unit].Stem))
                sentence.Take("unit", unit);
            Condition[] each = [.. numbers.Select(n => new Condition.Compare(new Expr.Of(column), "=", new Expr.Number(n)))];
            draft.Filters.Add(new FilterPart(each is [var one] ? one : new Condition.Any(each), column, first, Negation.Of(sentence, draft, first, column)));
        }
    }

    // "Have 3 or 4 beds", "with 1, 2 or 3 rooms".
    private static bool Listed(Sentence sentence, Draft draft, int i)
    {
        List<int> places = [i];
        for (var or = i + 1; sentence.IsFree(or) && (sentence[or].Lex == Lex.Or || sentence[or].Words[0].Kind == WordKind.Comma) && sentence.IsFree(or + 1) && sentence[or + 1] is { Number: not null, Column: null, Period: null }; or = places[^1] + 1)
            places.AddRange([or, or + 1]);
        var at = places[^1] + 1;
        if (places.Count < 3 || !places.Exists(k => sentence[k].Lex == Lex.Or) || sentence.PartOf(at) is not (null or "measure") || sentence[at].Column is not { Likeness: <= Likeness.Part } || sentence[at].ColumnsWhere(c => c.IsMeasure()) is not [var column])
            return false;
        foreach (var k in places)
            sentence.Take("equal", k);
        sentence.Take("equal", at);
        draft.Measures.RemoveAll(m => m.At == at && m.Statistic is null);
        draft.Filters.Add(new FilterPart(new Condition.Any([.. places.Where(k => sentence[k].Number is not null).Select(k => new Condition.Compare(new Expr.Of(column), "=", new Expr.Number(sentence[k].Number!.Value)))]), column, i, Negation.Of(sentence, draft, i, column)));
        return true;
    }

    // "With a 10% discount", "at a 2 euro fee": what follows the number is what it is of.
    private static TableColumn? Attributive(Sentence sentence, int i)
    {
        if (sentence[sentence.Previous(i)] is not { Lex: Lex.On or Lex.Not or Lex.Without } before || before.Lex == Lex.On && before.Stem is not ("with" or "having" or "at"))
            return null;
        var at = sentence.Next(i);
        var unit = sentence.IsFree(at) && (sentence[at].Lex is Lex.Unit or Lex.Share || UnitWords.IsUnit(sentence[at].Stem)) && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count == 0 ? at : -1;
        at = unit < 0 ? at : sentence.Next(at);
        if (sentence.PartOf(at) is not (null or "measure") || sentence[at].Column is not { Likeness: <= Likeness.Part } || sentence[at].ColumnsWhere(c => c.IsMeasure()) is not [var column] || (unit >= 0 && !UnitWords.Fits(column, sentence[unit].Stem)))
            return null;
        sentence.Take("equal", i, unit, at);
        if (before.Lex == Lex.On)
            sentence.Take("equal", sentence.Previous(i));
        return column;
    }

    // "A 3 bedroom flat", "4 door cars": what follows the number, in the singular, is what it is of, and what comes then has it.
    private static TableColumn? Compound(Sentence sentence, int i)
    {
        var (at, has) = (i + 1, i + 2);
        if (sentence.PartOf(at) is not (null or "measure") || sentence[at] is not { Column.Likeness: <= Likeness.Related, Words: [{ Kind: WordKind.Word } noun] } || noun.Raw.EndsWith('s')
            || sentence[at].ColumnsWhere(c => c.IsMeasure()) is not [var column] || !(sentence[has].IsRow || sentence[has].Values.Count > 0))
            return null;
        sentence.Take("equal", i, at);
        return column;
    }

    // "A rating of 1 or 2", "ratings 3, 4 and 5".
    private static List<double> Others(Sentence sentence, ref int i)
    {
        List<double> others = [];
        for (var and = sentence.Next(i); sentence.IsFree(and) && (sentence[i + 1].Lex is Lex.Or or Lex.And || sentence[i + 1].Words[0].Kind == WordKind.Comma); and = sentence.Next(i))
        {
            var at = sentence[and].Lex is Lex.Or or Lex.And ? sentence.Next(and) : and;
            if (!sentence.IsFree(at) || sentence[at] is not { Number: { } number, Column: null } || sentence[at + 1].Lex is Lex.OrMore or Lex.OrLess)
                break;
            sentence.Take("equal", and, at);
            others.Add(number);
            i = at;
        }

        return others;
    }
}
