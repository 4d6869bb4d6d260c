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
            if (draft.Filters.Exists(f => f.At > open && f.At < i) && Enumerable.Range(open + 1, i - open - 1).All(k => !sentence.IsFree(k) || sentence[k].IsFiller))
                sentence.Take("brackets", open, i);
            open = -1;
        }
    }
}
