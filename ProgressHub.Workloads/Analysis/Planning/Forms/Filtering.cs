using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Puts conditions together: values of one column are a list, an "or" joins its neighbours, and all the rest must hold.</summary>
internal static class Filtering
{
    /// <summary>All of them as one condition; null where there are none.</summary>
    public static Condition? Join(Sentence sentence, IReadOnlyList<FilterPart> filters)
    {
        var groups = Lists(sentence, filters);
        var joined = Alternatives(sentence, groups);
        return joined.Count switch { 0 => null, 1 => joined[0], _ => new Condition.All(joined) };
    }

    // Values of one column can only be alternatives; two bounds of it may be both.
    private static List<Group> Lists(Sentence sentence, IReadOnlyList<FilterPart> filters)
    {
        List<Group> groups = [];
        foreach (var filter in filters.OrderBy(f => f.At))
        {
            var same = filter.Condition is Condition.OneOf or Condition.Text or Condition.Within or Condition.PartOf && filter.Column is not null
                ? groups.FindIndex(g => g.Parts[0].Column == filter.Column && g.Parts[0].IsNot == filter.IsNot && g.Parts[0].Condition.GetType() == filter.Condition.GetType() && !(filter.Condition is Condition.Within within && IsOpen(within, g)))
                : -1;
            if (same >= 0)
                groups[same] = new Group([.. groups[same].Parts, filter]);
            else
                groups.Add(new Group([filter]));
        }

        foreach (var group in groups.Where(g => g.Parts.Count > 1))
        {
            for (var i = group.First; i < group.Last; i++)
            {
                if (sentence.Lex(i) is Lex.Or or Lex.And or Lex.Either or Lex.Both or Lex.Neither)
                    sentence.Take("list", i);
            }
        }

        return groups;
    }

    // "After 2022 and before 2024" narrows down; "in 2022 and 2024" adds up.
    private static bool IsOpen(Condition.Within within, Group group) => within.From is null || within.Before is null
        || group.Parts.Any(p => p.Condition is Condition.Within { From: null } or Condition.Within { Before: null });

    private static List<Condition> Alternatives(Sentence sentence, List<Group> groups)
    {
        var ordered = groups.OrderBy(g => g.First).ToList();
        List<Condition> joined = [];
        for (var i = 0; i < ordered.Count; i++)
        {
            var or = i + 1 < ordered.Count ? Between(sentence, ordered[i].Last, ordered[i + 1].First) : -1;
            if (or < 0)
            {
                joined.Add(ordered[i].Condition);
                continue;
            }

            List<Group> either = [ordered[i]];
            while (i + 1 < ordered.Count && Between(sentence, ordered[i].Last, ordered[i + 1].First) is >= 0 and var next)
            {
                sentence.Take("or", next);
                either.Add(ordered[++i]);
            }

            // With more beside it, an "or" could reach further than its neighbours.
            if (ordered.Any(g => !either.Contains(g) && !g.Parts[0].IsTime))
                sentence.Refuse("Its \"and\" and \"or\" can be read in more than one way; ask for each part by itself.");
            joined.Add(new Condition.Any([.. either.Select(e => e.Condition)]));
        }

        return joined;
    }

    private static int Between(Sentence sentence, int from, int to)
    {
        for (var i = from + 1; i < to; i++)
        {
            if (sentence[i].Lex == Lex.Or && sentence.PartOf(i) is null or "or")
                return i;
        }

        return -1;
    }

    private sealed record Group(IReadOnlyList<FilterPart> Parts)
    {
        public int First => Parts.Min(p => p.At);

        public int Last => Parts.Max(p => p.At);

        public Condition Condition
        {
            get
            {
                if (Parts.Count == 1)
                    return Parts[0].Whole;
                Condition any = Parts.All(p => p.Condition is Condition.OneOf)
                    ? new Condition.OneOf(Parts[0].Column!, [.. Parts.SelectMany(p => ((Condition.OneOf)p.Condition).Values).Distinct()])
                    : new Condition.Any([.. Parts.Select(p => p.Condition)]);
                return Parts[0].IsNot ? new Condition.Not(any) : any;
            }
        }
    }
}
