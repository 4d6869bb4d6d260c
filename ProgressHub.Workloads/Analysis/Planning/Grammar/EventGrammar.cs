using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What has happened, where a column says when: have left, were shipped, not yet delivered. Where it says nothing, it has not.</summary>
internal static class EventGrammar
{
    private static readonly FrozenSet<string> Ongoing = FrozenSet.ToFrozenSet(["running", "open", "operating", "active", "working", "standing", "going", "employed", "here", "out", "outstanding", "ongoing"]);

    public static void Apply(Sentence sentence, Draft draft)
    {
        if (sentence.Has(Lex.When))
            return;
        // "Parcels that were never delivered": of rows it is the same as not.
        if (sentence.Find(Lex.Never) is >= 0 and var never)
        {
            var done = sentence.Next(never);
            if (sentence[done].Lex == Lex.Is)
                done = sentence.Next(done);
            if (!Negation.AsksWhich(sentence) && sentence.IsFree(done) && sentence[done].ColumnsWhere(c => c.IsTime) is [{ Empty: > 0 } time] && IsRows(sentence, never))
            {
                sentence.Take("event", never);
                Read(sentence, draft, done, time, isNot: true);
            }

            return;
        }

        for (var i = 0; i < sentence.Count; i++)
        {
            ToBe(sentence, draft, i);
            if (sentence.Lex(i) is Lex.After or Lex.Before)
                Beside(sentence, draft, i);
        }

        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i) && IsParticiple(sentence, i) && sentence[i].ColumnsWhere(c => c.IsTime) is [var column] && IsVerb(sentence, i))
                Read(sentence, draft, i, column, Negation.Of(sentence, draft, i, null));
        }
    }

    // "Still for sale": what has no date of a sale yet.
    private static void ToBe(Sentence sentence, Draft draft, int i)
    {
        // "Still running": what has no end yet.
        if (sentence[i].Stem == "still" && Ongoing.Contains(sentence[i + 1].Stem) && sentence.IsFree(i + 1) && sentence[i + 1] is { Column: null, Values.Count: 0 }
            && sentence.Terms.Table.Columns.Where(c => c.Empty > 0 && (c.IsTime || c.IsYears()) && TimeColumn.IsEnding(c)).ToList() is [var ending])
        {
            sentence.Take("event", i);
            Read(sentence, draft, i + 1, ending, isNot: true);
            return;
        }

        if (sentence[i].Stem != "still" || sentence[i + 1].Stem != "for" || sentence[i + 2].Words is not [{ Kind: Language.WordKind.Word } noun])
            return;
        var times = sentence.Terms.Table.Columns.Where(c => c is { IsTime: true, Empty: > 0 } && c.Parts().Any(p => p == noun.Stem || RowNouns.Verbs.Any(v => v.Contains(p) && v.Contains(noun.Stem)))).ToList();
        if (times is not [var column])
            return;
        sentence.Take("event", i, i + 1);
        Read(sentence, draft, i + 2, column, isNot: true);
    }

    // "Returned after the due date".
    private static void Beside(Sentence sentence, Draft draft, int i)
    {
        var (left, right) = (sentence.Previous(i), sentence.Next(i));
        if (!sentence.IsFree(left) || !sentence.IsFree(right) || sentence[left].ColumnsWhere(c => c.IsTime) is not [var a] || sentence[right].ColumnsWhere(c => c.IsTime) is not [var b] || a == b)
            return;
        var isNot = Negation.Of(sentence, draft, left, a);
        sentence.Take("time", left, i, right);
        if (sentence.IsFree(right + 1) && sentence[right + 1] is { Bucket: not null, IsAdverb: false })
            sentence.Take("time", right + 1);
        if (a.Empty + b.Empty > 0)
            sentence.Notes.Add($"Rows without {a.Name} or {b.Name} count as neither before nor after.");
        draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(a), Sign(sentence[i].Lex == Lex.After, isNot), new Expr.Of(b)), a, i));
    }

    // Whether what stands before is rows, and not what has several of them.
    private static bool IsRows(Sentence sentence, int at)
    {
        var i = sentence.Previous(at);
        while (sentence[i].Lex is Lex.Is or Lex.Did or Lex.Which or Lex.Who or Lex.Where && i > 0)
            i = sentence.Previous(i);
        return sentence[i].IsRow || sentence[i].Lex == Lex.Row;
    }

    private static void Read(Sentence sentence, Draft draft, int i, TableColumn column, bool isNot)
    {
        sentence.Take("event", i);
        // A time of it says so already; and what all rows have narrows nothing.
        if (!isNot && (column.Empty == 0 || draft.Filters.Exists(f => f.Column == column)))
            return;
        sentence.Notes.Add($"'{sentence[i].Raw}' was read as: {column.Name} is {(isNot ? "empty" : "filled in")}.");
        draft.Filters.Add(new FilterPart(new Condition.Empty(column), column, i, IsNot: !isNot));
    }

    private static string Sign(bool isAfter, bool isNot) => (isAfter, isNot) switch { (true, false) => ">", (true, true) => "<=", (false, false) => "<", _ => ">=" };

    private static bool IsParticiple(Sentence sentence, int i) => sentence[i] is { Words: [var word], Bucket: null, Period: null }
        && (word.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase) || RowNouns.Irregular.Contains(word.Stem));

    // After an auxiliary, or a noun that it tells of; "shipped date" is a name.
    private static bool IsVerb(Sentence sentence, int i)
    {
        if (sentence[i + 1].Bucket is not null)
            return false;
        var before = sentence.Previous(i);
        if (sentence[before] is { Lex: Lex.Not, Stem: "not" } && sentence[sentence.Next(i)] is { IsRow: true } or { Values.Count: > 0 })
            return true;
        // "Discharged patients", where not all are.
        if (sentence[i + 1].IsRow && sentence[i].ColumnsWhere(c => c.Empty > 0).Count > 0 && sentence[i].Column!.Likeness > Likeness.Exact)
            return true;
        while (sentence[before].Lex == Lex.Not)
            before = sentence.Previous(before);
        // "Still in hospital (not discharged)".
        if (sentence[before].Lex == Lex.Open && sentence[i + 1].Lex == Lex.Close)
            return true;
        // "Joined in 2023 and already left".
        if (sentence[before].Lex == Lex.And && Enumerable.Range(0, before).Any(k => sentence[k].Lex == Lex.Who || sentence[k].ColumnsWhere(c => c.IsTime).Count > 0) && (sentence[i + 1].Words[0].Kind == Language.WordKind.Stop || i + 1 >= sentence.Count))
            return true;
        return sentence[before].Lex is Lex.Did or Lex.Is || sentence[before].IsRow || sentence[before].ColumnsWhere(c => c.IsCategory()).Count > 0;
    }
}
