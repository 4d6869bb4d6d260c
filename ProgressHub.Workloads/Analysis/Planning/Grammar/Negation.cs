using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Whether a "not" stands before a piece and reaches it.</summary>
internal static class Negation
{
    private const int Reach = 6;

    /// <summary>Whether values of a column are asked for, and not rows: which customers, how many customers, customers who.</summary>
    public static bool AsksWhich(Sentence sentence)
    {
        var which = sentence.Find(Lex.Which) is >= 0 and var w ? w : sentence.Find(Lex.What) is >= 0 and var what ? what : -1;
        if (which >= 0)
            return IsOfValues(sentence, sentence.Next(which));
        var first = sentence.Next(-1);
        var noun = sentence[first].Lex is Lex.HowMany or Lex.List ? sentence.Next(first) : first;
        return IsOfValues(sentence, noun) && sentence[noun].Raw.EndsWith('s') && (sentence[noun + 1].Lex is Lex.Who or Lex.That or Lex.Which or Lex.Without or Lex.Did || sentence[noun + 1].Stem is "with" or "that");
    }

    private static bool IsOfValues(Sentence sentence, int at) => !sentence[at].IsRow && sentence[at].ColumnsWhere(c => c.IsCategory()).Count > 0;

    /// <summary>Whether a condition at a place is negated; the word for it is taken.</summary>
    /// <param name="sentence">The question.</param>
    /// <param name="draft">The conditions before it.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="column">What it is on: a "not" reaches over the name of that column, and over nothing else that could be negated.</param>
    public static bool Of(Sentence sentence, Draft draft, int at, TableColumn? column)
    {
        if (IsSetAside(sentence, at, column))
            return true;
        for (var (i, steps) = (at - 1, 0); i >= 0 && steps < Reach; i--, steps++)
        {
            var item = sentence[i];
            if (item.Lex is Lex.Not or Lex.Neither or Lex.Never or Lex.Without || (item.Lex == Lex.No && sentence.IsFree(i) && steps == 0))
            {
                if (item.Lex == Lex.Never || sentence.PartOf(i) is "empty" or "time" or "bound")
                    return false;
                // "Which sites have no late orders": none of their rows is, and not some row that is not.
                if (item.Lex is Lex.No or Lex.Without && AsksWhich(sentence))
                {
                    sentence.Take("never", i);
                    draft.IsNever = true;
                    return false;
                }

                sentence.Take("not", i);
                return true;
            }

            // "Not paid in 10115": it is not paid, and is there.
            if (column is not null && item is { Lex: Lex.Filler, Column: { } own } && !own.Columns.Contains(column) && own.Columns.Any(c => c.IsFlag() || c is { IsTime: true, Empty: > 0 }))
                return false;

            // A list goes on: "except cancelled and returned ones".
            var isList = item.Lex is Lex.And or Lex.Or or Lex.Neither || item.Words[0].Kind == WordKind.Comma || draft.Filters.Exists(f => f.At == i);
            if (!isList && !item.IsFiller && item.Lex is not (Lex.Is or Lex.Did or Lex.In or Lex.On or Lex.From or Lex.Only or Lex.All) && !(item.Lex == Lex.By && Enumerable.Range(i + 1, steps).All(k => sentence[k].IsFiller)) && !item.IsRow && !(column is not null && item.Column?.Columns.Contains(column) == true))
                return false;
            if (item.Lex is Lex.And or Lex.Or || item.Words[0].Kind == WordKind.Comma)
            {
                // Beyond a conjunction only another negated value of the same column carries it on.
                var before = sentence.Previous(i);
                while (before >= 0 && (sentence[before].IsFiller || sentence[before].Lex is Lex.And or Lex.Or || sentence[before].Column is not null && !draft.Filters.Exists(f => f.At == before)))
                    before = sentence.Previous(before);
                return draft.Filters.Exists(f => f.At == before && f.IsNot && f.Column == column);
            }

            if (draft.Filters.Exists(f => f.At == i))
                return false;
        }

        return false;
    }

    // "Cancelled and returned orders aside": the word stands behind what it leaves out, up to the last comma.
    private static bool IsSetAside(Sentence sentence, int at, TableColumn? column)
    {
        var i = at + 1;
        while (i < sentence.Count && (sentence[i].IsRow || sentence[i].Lex is Lex.And or Lex.Or || sentence[i].Values.Any(v => v.Column == column)
            || (column is not null && sentence[i].Column?.Columns.Contains(column) == true)))
            i++;
        var isBefore = i == 0 || sentence[i].Stem is not ("aside" or "excluded" or "excepted" or "omitted" or "apart");
        if (isBefore || (i + 1 < sentence.Count && sentence[i + 1].Words[0].Kind is not (WordKind.Stop or WordKind.Comma)))
            return false;
        sentence.Take("not", i);
        return true;
    }
}
