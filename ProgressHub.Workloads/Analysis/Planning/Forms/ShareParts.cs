using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>What a bound in percent of each group's rows is of: the conditions that follow it.</summary>
internal static class ShareParts
{
    /// <summary>Makes the conditions that follow the part, and bounds what it is of the group.</summary>
    public static void Apply(Sentence sentence, Draft draft)
    {
        if (draft.Share is not var (bound, noun))
            return;
        var part = draft.Filters.Where(f => f.At > noun && !f.IsTime).ToList();
        if (part.Count == 0 || Filtering.Join(sentence, part) is not { } condition)
        {
            sentence.Refuse($"It does not say of what '{sentence[bound.At].Raw} {BoundUnits.Text(bound.Value)} percent' is the share.");
            return;
        }

        draft.Filters.RemoveAll(part.Contains);
        sentence.Notes.Add($"Bounded is the share of each group's rows where {Conditions.Of(condition)}.");
        new GroupBounds(sentence, draft).Add(new Measure.Percent(new Measure.Where(new Measure.Rows(), condition), new Measure.Rows()), bound);
    }
}
