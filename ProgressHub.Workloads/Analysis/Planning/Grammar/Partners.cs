using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What is held against a plan, a limit or a price that was asked, where the question names that alone: over budget, below the reorder level.</summary>
internal static class Partners
{
    private static readonly (FrozenSet<string> Limits, FrozenSet<string> Actual)[] Known =
    [
        (Set("budget budgeted allocated approved planned plan allocation"), Set("actual spent spend spending expenditure expense used")),
        (Set("target quota forecast goal"), Set("actual achieved result sale revenue")),
        (Set("reorder minimum min safety threshold"), Set("stock hand quantity qty inventory available")),
        (Set("capacity seat"), Set("attendance enrolled passenger booked occupied visitor")),
        (Set("asking list"), Set("sale sold selling final")),
    ];

    /// <summary>Compares the one column that is meant with the limit that a comparison stands before. Whether it did.</summary>
    public static bool Compare(Sentence sentence, Draft draft, int at, string sign)
    {
        var limit = sentence.Next(at);
        if (!sentence.IsFree(limit) || sentence[limit].Column is not { Likeness: <= Likeness.Part } || sentence[limit].ColumnsWhere(c => c.IsMeasure()) is not [var bound] || sentence[sentence.Next(limit)].Number is not null
            || new BoundTarget(sentence, draft).LeftOf(at) >= 0 || Of(sentence.Terms.Table, bound) is not { } actual || sentence[sentence.Next(limit)].Lex == Lex.Than)
            return false;
        sentence.Take("bound", at, limit);
        sentence.Notes.Add($"'{sentence[at].Raw} {sentence[limit].Raw}' was read as: {actual.Name} {sign} {bound.Name}.");
        draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(actual), sign, new Expr.Of(bound)), null, limit));
        return true;
    }

    private static TableColumn? Of(TableProfile table, TableColumn limit)
    {
        foreach (var (limits, actual) in Known)
        {
            if (limit.Parts().Any(limits.Contains) && table.Columns.Where(c => c != limit && c.IsMeasure() && c.Parts().Any(actual.Contains) && !c.Parts().Any(limits.Contains)).ToList() is [var only])
                return only;
        }

        return null;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
