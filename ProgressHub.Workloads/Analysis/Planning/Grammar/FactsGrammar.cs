using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Questions about the table itself: how many columns, what columns are there, describe the table.</summary>
internal static class FactsGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var columns = sentence.Find(Lex.Columns);
        var describe = sentence.Find(Lex.Describe);
        var mentions = Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Column is not null || sentence[i].Values.Count > 0 || sentence[i].Period is not null);
        if (columns >= 0 && !mentions)
        {
            var count = sentence.Find(Lex.HowMany);
            sentence.Take("facts", columns, count, sentence.Find(Lex.AreThere), sentence.Find(Lex.Row));
            draft.Facts = new Query.Facts(count >= 0);
        }
        else if (describe >= 0 && !mentions)
        {
            sentence.Take("facts", describe);
            draft.Facts = new Query.Facts(OnlyCount: false);
        }
    }
}
