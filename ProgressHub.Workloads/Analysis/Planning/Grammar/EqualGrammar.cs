using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

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
            var before = sentence.Previous(i);
            while (sentence[before].Lex is Lex.Is or Lex.On or Lex.Equal)
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
