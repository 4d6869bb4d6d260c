using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Conditions on booleans: active ones, paid is Y, not remote.</summary>
internal static class FlagGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (!sentence.IsFree(i) || sentence[i].ColumnsWhere(c => c.IsFlag()) is not [var column] || IsKey(sentence, i) || (column.IsNumber && IsNumber(sentence, i)))
                continue;
            // "Paid by card", where a column says how: the verb says no more.
            if (sentence[sentence.Next(i)].Lex is Lex.By or Lex.On && draft.Filters.Find(f => f.At == sentence.Next(sentence.Next(i))) is { Column: { } means } && means != column && column.Parts().Any(p => means.Parts().Any(m => Synonyms.Of(p).Contains(m))))
            {
                sentence.Take($"{means.Name}", i);
                sentence.Notes.Add($"'{sentence[i].Raw}' was read of {means.Name}, and not as {column.Name} is yes.");
                continue;
            }

            var value = true;
            var after = sentence.Next(i);
            while (sentence[after].Lex is Lex.Is or Lex.Equal)
                after = sentence.Next(after);
            var negated = false;
            if (sentence.Lex(after) == Lex.Not)
            {
                negated = true;
                sentence.Take("flag", after);
                after = sentence.Next(after);
            }

            if (sentence.Lex(after) is Lex.Yes or Lex.No)
            {
                value = sentence[after].Lex == Lex.Yes;
                for (var k = i + 1; k <= after; k++)
                    sentence.Take("flag", k);
            }

            var isNot = Negation.Of(sentence, draft, i, column) ^ negated;
            sentence.Take($"{column.Name} is {(value ? "yes" : "no")}", i);
            // "Cleared by customs", of customs_cleared.
            if (sentence.Lex(i + 1) == Lex.By && sentence[i + 2].Words is [var agent] && sentence[i].Stem != agent.Stem && column.Parts().Contains(agent.Stem))
                sentence.Take("flag", i + 1, i + 2);
            // Of what is empty neither yes nor no is known.
            if (column.Empty > 0 && column.Min != "1")
                sentence.Notes.Add($"Rows without {column.Name} ({column.Empty}) count as neither yes nor no.");
            draft.Filters.Add(new FilterPart(new Condition.Flag(column, value ^ isNot), column, i));
        }
    }

    // "The total of reserved", "balcony = 1": ones and noughts can be computed with, and be compared.
    private static bool IsNumber(Sentence sentence, int i) => AggregateGrammar.StatisticOf(sentence[sentence.Previous(i)].Lex) is not null
        || sentence[sentence.Next(i)] is { Number: not null } or { Lex: Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost or Lex.Equal } || (sentence[sentence.Next(i)].Lex == Lex.Is && sentence[sentence.Next(sentence.Next(i))].Number is not null);

    private static bool IsKey(Sentence sentence, int i) => sentence[sentence.Previous(i)].Lex is Lex.By or Lex.Each
        || sentence[i - 1].Lex is Lex.Distinct || (sentence[i - 1].Lex == Lex.And && sentence[sentence.Previous(i - 1)].Column is not null && Enumerable.Range(0, i).Any(k => sentence[k].Lex is Lex.By));
}
