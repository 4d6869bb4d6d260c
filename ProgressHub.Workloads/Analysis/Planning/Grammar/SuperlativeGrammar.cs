using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What is ranked: highest, top 3, second most common, cheapest, the 5 latest.</summary>
internal sealed class SuperlativeGrammar(Sentence sentence)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new SuperlativeGrammar(sentence);
        for (var i = 0; i < sentence.Count && draft.Rank is null; i++)
        {
            if (sentence.IsFree(i))
                draft.Rank = grammar.At(i);
        }

        // "The top 5 in descending order" says so twice.
        for (var i = 0; i < sentence.Count && draft.Rank is { } rank; i++)
        {
            if (sentence.Lex(i) == Lex.Rank && (sentence[i].Stem.Contains("ascending", StringComparison.Ordinal) || sentence[i].Stem.Contains("descending", StringComparison.Ordinal) || sentence[i].Stem.Contains(" to ", StringComparison.Ordinal)) && IsAscending(sentence[i].Stem) != rank.Descending)
                sentence.Take("rank", i);
        }
    }

    private RankPart? At(int i)
    {
        var item = sentence[i];
        var part = item.Lex switch
        {
            _ when item.Superlative is { } adjective => new RankPart(adjective.IsMore, null, null, i) { Adjective = adjective },
            // "The most borrowed titles": of which most rows are, where no column counts pieces.
            Lex.Most or Lex.Least when sentence[i].Stem is "most" or "least" && sentence.IsFree(i + 1) && sentence[i + 1] is { Lex: Lex.Filler, Column: null, Words: [{ Raw: var done } verb] } && done.EndsWith("ed", StringComparison.OrdinalIgnoreCase)
                && sentence.Terms.IsRowVerb(verb.Stem) && !sentence.Terms.HasQuantity => Counted(i),
            // "The most borrowed title", where a column says when each was borrowed.
            Lex.Most or Lex.Least when sentence[i].Stem is "most" or "least" && sentence[i + 1] is { Words: [{ Raw: var took } happened], Column: { } times } && took.EndsWith("ed", StringComparison.OrdinalIgnoreCase)
                && sentence.IsFree(i + 1) && times.Columns.All(c => c.IsTime) && sentence[i + 2].ColumnsWhere(c => c.IsCategory()).Count > 0 && sentence.Terms.IsRowVerb(happened.Stem) && !sentence.Terms.HasQuantity => Counted(i),
            Lex.Most => new RankPart(true, null, null, i),
            Lex.Least => new RankPart(false, null, null, i),
            Lex.Best => new RankPart(!IsBad(i), null, null, i) { IsJudgement = true },
            Lex.Worst => new RankPart(IsBad(i), null, null, i) { IsJudgement = true },
            Lex.Common => new RankPart(true, null, null, i) { Counts = true },
            Lex.Rare => new RankPart(false, null, null, i) { Counts = true },
            Lex.Latest => new RankPart(true, null, null, i) { IsTime = true },
            Lex.Earliest => new RankPart(false, null, null, i) { IsTime = true },
            Lex.First when item.Period is null => new RankPart(false, null, null, i) { IsTime = true },
            Lex.Last when sentence[sentence.Next(i)].IsRow || sentence[sentence.Next(i)].ColumnsWhere(c => c.IsTime).Count > 0 || sentence[sentence.Next(sentence.Next(i))].IsRow || (sentence[i + 1].Column is { Likeness: <= Likeness.Part } && sentence[i + 1].ColumnsWhere(c => c.IsMeasure()).Count > 0)
                => new RankPart(true, null, null, i) { IsTime = true },
            // "Who was hired last".
            Lex.Last when (sentence[i + 1].Words[0].Kind == Language.WordKind.Stop || sentence[i + 1].Lex is Lex.In or Lex.On or Lex.Each or Lex.By) && sentence[i - 1].ColumnsWhere(c => c.IsTime).Count > 0 => new RankPart(true, null, null, i) { IsTime = true },
            Lex.Rank => new RankPart(!IsAscending(sentence[i].Stem), null, null, i),
            _ => null,
        };
        if (part is null)
            return null;
        // "The first week of March" is a time that is not known here, and no rank.
        if (item.Lex is Lex.First && sentence[i + 1].Bucket is not null && sentence[i + 2].Stem is "of" or "in" && sentence[sentence.Next(i + 2)].Period is not null)
        {
            sentence.Refuse($"'{item.Raw} {sentence[i + 1].Raw}' of a time that comes every year is not one time; name its days, or the year.");
            return null;
        }

        sentence.Take("rank", i);
        part = Other(i, Number(i, part));
        // "The top 5 biggest listings": the 5 biggest.
        var second = sentence.Next(i);
        if (part.Limit is not null && !sentence.IsFree(second))
            second = sentence.Next(second);
        if (item.Stem is "top" or "first" && part.Limit is not null && sentence.IsFree(second) && At(second) is { } named && item.Lex is Lex.Most or Lex.First)
            part = named with { Limit = part.Limit };
        return item.Lex == Lex.Rank ? Way(i, part) : part;
    }

    // The worst delay is the longest, and the best the shortest.
    private bool IsBad(int i) => Enumerable.Range(i + 1, sentence.Count - i - 1).Select(k => sentence[k].ColumnsWhere(c => c.IsMeasure())).FirstOrDefault(c => c.Count > 0) is { } of && of.All(c => c.Parts().Any(Adjectives.Bad.Contains));

    private RankPart Counted(int i)
    {
        sentence.Take("rank", i + 1);
        return new RankPart(sentence[i].Lex == Lex.Most, null, null, i) { Counts = true };
    }

    // "Rank regions by revenue, highest first", "sorted by age in ascending order, the youngest first".
    private RankPart Way(int i, RankPart part)
    {
        for (var k = i + 1; k < sentence.Count; k++)
        {
            var isSaid = sentence.Lex(k) is Lex.Most or Lex.Least or Lex.Rank || (sentence.IsFree(k) && sentence[k].Superlative is not null && sentence[k + 1].Lex == Lex.First);
            if (!isSaid)
                continue;
            sentence.Take("rank", k, sentence.Lex(k + 1) == Lex.First ? k + 1 : k);
            part = (sentence[k].Lex is Lex.Most or Lex.Least ? Number(k, part) : part) with { Descending = sentence[k].Lex switch { Lex.Most => true, Lex.Least => false, Lex.Rank => !IsAscending(sentence[k].Stem), _ => sentence[k].Superlative!.IsMore } };
        }

        return part;
    }

    private static bool IsAscending(string stem) => stem.EndsWith("ascending", StringComparison.Ordinal) || stem == "in ascending order"
        || stem.EndsWith("to highest", StringComparison.Ordinal) || stem.EndsWith("to most", StringComparison.Ordinal) || stem.EndsWith("to largest", StringComparison.Ordinal)
        || stem.EndsWith("to high", StringComparison.Ordinal) || stem.EndsWith("to best", StringComparison.Ordinal);

    private RankPart Number(int i, RankPart part)
    {
        var (before, after) = (sentence.Previous(i), sentence.Next(i));
        if (sentence.IsFree(before) && sentence[before].Ordinal is { } nth && sentence[before].Period is null && sentence[i].Lex != Lex.First)
        {
            sentence.Take("rank", before);
            return part with { Nth = nth };
        }

        foreach (var at in new[] { after, before })
        {
            if (IsCount(at))
            {
                sentence.Take("rank", at);
                return part with { Limit = (int)sentence[at].Number!.Value };
            }
        }

        // "The 4 days with the most orders": before what is ranked.
        for (var at = 0; at < i; at++)
        {
            var next = sentence.Next(at);
            if (IsCount(at) && (sentence[next].Column is not null || sentence[next].IsRow || sentence[next].Bucket is not null))
            {
                sentence.Take("rank", at);
                return part with { Limit = (int)sentence[at].Number!.Value };
            }
        }

        return part;
    }

    private bool IsCount(int at) => sentence.IsFree(at) && sentence[at] is { Period: null, IsPercent: false, Number: >= 1 and <= 10_000 and var n } && n == Math.Floor(n)
        && !(sentence[sentence.Previous(at)].Lex is Lex.Above or Lex.Below)
        // "The cheapest 3-bedroom house", "the most 500 errors": so many of something, and not so many answers.
        && !(sentence[at + 1] is { Raw: [.., not 's'] } counted && counted.ColumnsWhere(c => c.IsMeasure()).Count > 0 && n > 1) && sentence[at + 1].Stem is not "error";

    // "The lowest and the highest price".
    private RankPart Other(int i, RankPart part)
    {
        var and = sentence.Next(i);
        var other = sentence.Next(and);
        // "The most expensive and the cheapest", of the same.
        var isOpposite = sentence.IsFree(other) && sentence[other].Superlative is { } second && part.Adjective is { } first && second.IsMore != first.IsMore && second.Concepts[0] == first.Concepts[0];
        if (sentence[and].Lex != Lex.And || (!isOpposite && (sentence.Lex(other) is not (Lex.Most or Lex.Least) || sentence[i].Lex is not (Lex.Most or Lex.Least))))
            return part;
        sentence.Take("rank", and, other);
        return part with { BothEnds = true };
    }
}
