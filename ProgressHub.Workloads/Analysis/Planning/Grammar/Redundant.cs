using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// What a question can be read without, once it is known that no part of the plan has it: a verb that says only what stands beside
/// it (released from 2010, bytes sent, ended in a status of 500), a noun for the rows that the table does not use (requests,
/// of a log), and money where a sum of it is named (money requested). Whoever leaves
/// them out says so.
/// </summary>
internal sealed class Redundant(Sentence sentence, Draft draft)
{
    private const int Reach = 4;

    private static readonly FrozenSet<string> Money = FrozenSet.ToFrozenSet(["money", "cash", "fund", "funding"]);

    /// <summary>How the pieces that are left can be read, with what is said of it; none where one of them can't be.</summary>
    public static IReadOnlyList<(IReadOnlyList<Word> Words, Item Item, string Note)> Of(Sentence sentence, Draft draft, IReadOnlyList<int> left)
    {
        var redundant = new Redundant(sentence, draft);
        List<(IReadOnlyList<Word>, Item, string)> read = [];
        foreach (var i in left)
        {
            var item = sentence[i];
            if (redundant.IsRowNoun(i))
                read.Add((item.Words, item with { Lex = Lex.Row }, $"'{item.Raw}' was taken for the rows of the table."));
            else if (redundant.MoneyMeant(i) is { Count: > 0 } money)
                read.Add((item.Words, money is [var only] ? item with { Lex = Lex.Filler } : item with { Column = new ColumnSense(money, Likeness.Related) }, $"'{item.Raw}' was taken as what {(money is [var sum] ? sum.Name : "the chosen column")} says."));
            else if (redundant.IsPlainVerb(i))
                read.Add((item.Words, item with { Lex = Lex.Filler, Column = null, Values = [], Period = null }, $"'{item.Raw}' was left out: the table has no column of it, and it tells no rows apart."));
            else
                return [];
        }

        return read;
    }

    // The sum of money that is named anyway; else all there are.
    private List<TableColumn> MoneyMeant(int i)
    {
        if (sentence[i] is not { IsUnknown: true, IsQuoted: false, Words: [{ Kind: WordKind.Word } word] } || !Money.Contains(word.Stem))
            return [];
        var named = Enumerable.Range(0, sentence.Count).SelectMany(Measured).Where(sentence.Terms.IsMoney).Distinct().ToList();
        return named.Count > 0 ? named : [.. sentence.Terms.Table.Columns.Where(sentence.Terms.IsMoney)];
    }

    // The measures that a piece of the plan names.
    private IReadOnlyList<TableColumn> Measured(int i) => sentence.IsFree(i) || sentence[i].Column is not { Likeness: <= Likeness.Part } ? [] : sentence[i].ColumnsWhere(c => c.IsMeasure());

    private bool IsPlainVerb(int i)
    {
        if (sentence[i] is not { Values.Count: 0, IsQuoted: false, Words: [{ Kind: WordKind.Word } word, ..] words } item || words.Count > 2 || item.Lex is not (Lex.None or Lex.Verb or Lex.Filler or Lex.First or Lex.List)
            || item.Column is { Likeness: <= Likeness.Part } || !(PlainVerbs.Has(word.Raw.ToLowerInvariant()) || IsOfCode(i, word)) || (words.Count == 2 && words[1].Stem is not ("in" or "up")) || IsDenied(i))
            return false;
        return Follows(i) ?? IsSaidOf(i);
    }

    // "Returned a 404": of what a column of codes says.
    private bool IsOfCode(int i, Word word) => word.Stem is "return" or "returned" or "responded" or "gave" or "threw" && draft.Filters.Exists(f => f.At > i && f.At <= i + 3 && f.Column is { } code && code.Parts().Any(p => p is "status" or "code" or "response"));

    // "Did not arrive", "never sold": what is denied is told from the rest.
    private bool IsDenied(int i)
    {
        for (var k = i - 1; k >= 0 && k >= i - 3; k--)
        {
            if (sentence[k].Lex is Lex.Not or Lex.Never or Lex.Without or Lex.No or Lex.Neither or Lex.Only or Lex.Missing)
                return true;
            if (!sentence[k].IsFiller && sentence[k].Lex is not (Lex.Did or Lex.Is))
                return false;
        }

        return false;
    }

    // Before a period, where the table has one time only; before a condition, a column or a bound. Null where none of it follows.
    private bool? Follows(int i)
    {
        for (var (at, steps) = (i + 1, 0); at < sentence.Count && steps < Reach; at++, steps++)
        {
            var item = sentence[at];
            if (item.Words[0].Kind is WordKind.Stop or WordKind.Comma)
                return null;
            if (item.Period is not null || draft.Filters.Exists(f => f.At == at && f.IsTime))
                return HasOneTime();
            if (draft.Filters.Exists(f => f.At == at) || sentence.PartOf(at) is not null || item.Column is not null)
                return true;
            if (!item.IsFiller && item.Lex is not (Lex.In or Lex.On or Lex.From or Lex.To or Lex.By or Lex.Between or Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost or Lex.Since or Lex.Until or Lex.Before or Lex.After or Lex.About or Lex.Most or Lex.Least or Lex.Distinct or Lex.This or Lex.Last or Lex.Verb))
                return null;
        }

        return null;
    }

    // "Bytes sent", "requests made", "how many did they send".
    private bool IsSaidOf(int i)
    {
        var before = i - 1;
        while (before >= 0 && (sentence[before].IsFiller || sentence[before].Lex is Lex.Is or Lex.Did))
            before--;
        // "How many calls were dropped", "how many runners finished": what is said of a row alone is a condition.
        // "How many breeds do we treat" is of what we do with all of them.
        var isOurs = before >= 0 && sentence[i - 1].Stem is "we" or "they" && Enumerable.Range(before, i - before).Any(k => sentence[k].Lex == Lex.Did);
        var isAsked = isOurs || Enumerable.Range(0, Math.Max(0, before)).Any(k => sentence[k].Lex == Lex.Did);
        if (!isAsked && !PlainVerbs.IsVacuous(sentence[i].Words[0].Raw.ToLowerInvariant()) && !(before >= 0 && (sentence[before].ColumnsWhere(c => c.IsMeasure()).Count > 0 && !Enumerable.Range(before, i - before).Any(k => sentence[k].Lex == Lex.Is))))
            return false;
        return before >= 0 && (sentence[before].ColumnsWhere(c => c.IsMeasure()).Count > 0 || sentence[before].IsRow || sentence[before].Lex == Lex.Row || draft.Measures.Exists(m => m.At == before) || draft.Keys.Exists(k => k.At == before)
            || (draft.Filters.Exists(f => f.At == before) && Enumerable.Range(0, before).Any(k => sentence[k].Lex == Lex.Did)));
    }

    private bool HasOneTime() => sentence.Terms.Table.Columns.Count(c => c.IsTime || c.IsCalendarNumber() || c.IsPeriods()) == 1;

    private bool IsRowNoun(int i) => sentence[i] is { IsUnknown: true, IsQuoted: false, Words: [{ Kind: WordKind.Word } word] } && RecordNouns.Has(word.Stem) && char.IsLower(word.Raw[0])
        && !sentence.Terms.IsOfPeople && !sentence.Terms.HasRecordNoun && !Enumerable.Range(0, sentence.Count).Any(k => k != i && sentence[k].IsRow)
        && (draft.Filters.Count > 0 || draft.Keys.Exists(k => k.Role != KeyRole.Named) || draft.Having.Count > 0) && IsHead(i);

    // What is counted, or of which something is said; no second noun of a compound, such as "request size".
    private bool IsHead(int i) => sentence[i + 1] is var next && (i + 1 >= sentence.Count || next.Words[0].Kind is WordKind.Stop or WordKind.Comma || (next.Column is null && !next.IsUnknown) || next.Lex != Lex.None || !sentence.IsFree(i + 1) || PlainVerbs.Has(next.Words[0].Raw.ToLowerInvariant()) || IsOfCode(i + 1, next.Words[0]));
}
