using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Brackets around a condition: still here (no outcome). It counts as if they were not there.</summary>
internal static class BracketGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var open = -1;
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Lex(i) == Lex.Open)
                open = i;
            if (sentence.Lex(i) != Lex.Close || open < 0)
                continue;
            Name(sentence, draft, open, i);
            if (draft.Filters.Exists(f => f.At > open && f.At < i) && Enumerable.Range(open + 1, i - open - 1).All(k => !sentence.IsFree(k) || sentence[k].IsFiller))
                sentence.Take("brackets", open, i);
            open = -1;
        }
    }

    /// <summary>Brackets around what the plan has already, such as (only houses), (by month): they add nothing.</summary>
    public static void Rest(Sentence sentence, Draft draft)
    {
        var open = -1;
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Lex(i) == Lex.Open)
                open = i;
            if (sentence.Lex(i) != Lex.Close || open < 0)
                continue;
            var inside = Enumerable.Range(open + 1, i - open - 1).ToList();
            if (inside.Exists(k => !sentence.IsFree(k)) && inside.TrueForAll(k => !sentence.IsFree(k) || sentence[k].IsFiller || sentence[k].IsRow || sentence[k].Lex is Lex.Only or Lex.Row or Lex.Is or Lex.On or Lex.In or Lex.And or Lex.Or or Lex.From or Lex.That or Lex.All))
            {
                sentence.Take("brackets", open, i);
                foreach (var k in inside.Where(k => sentence.IsFree(k) && (sentence[k].IsRow || sentence[k].Lex is Lex.Only or Lex.Row)))
                    sentence.Take("brackets", k);
            }

            open = -1;
        }
    }

    // "The strictest (most cards per match)": the brackets say what is meant by a word that means nothing here.
    private static void Name(Sentence sentence, Draft draft, int open, int close)
    {
        var named = sentence[open - 1];
        // "Did not finish (no finish time)": the brackets say what of it is not so.
        var not = sentence.Previous(open - 1);
        var isDenied = sentence.Lex(not) == Lex.Not && PlainVerbs.Has(named.Raw.ToLowerInvariant());
        if (!sentence.IsFree(open - 1) || !(named.IsUnknown || isDenied) || !Enumerable.Range(open + 1, close - open - 1).Any(k => sentence.Lex(k) is Lex.Most or Lex.Least || draft.Filters.Exists(f => f.At == k)))
            return;
        if (isDenied)
            sentence.Take("brackets", not);
        else if (sentence.Lex(not) is Lex.Not or Lex.Never or Lex.No or Lex.Without)
            return;
        sentence.Take("brackets", open - 1, open, close);
        sentence.Notes.Add($"'{named.Raw}' was taken as {string.Join(' ', Enumerable.Range(open + 1, close - open - 1).Select(k => sentence[k].Raw))}, and nothing else.");
    }
}
