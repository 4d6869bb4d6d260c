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

    /// <summary>What was planned to be spent, and what was; null where the table does not say both.</summary>
    public static (TableColumn Budget, TableColumn Actual)? Budget(TableProfile table) =>
        table.Columns.Where(c => c.IsMeasure() && c.Parts().Any(Known[0].Limits.Contains)).ToList() is [var budget] && Of(table, budget) is { } actual ? (budget, actual) : null;

    /// <summary>Compares with a part or a multiple of another column: more than 10% of the salary, over twice the budget. Whether it did.</summary>
    public static bool PartOf(Sentence sentence, Draft draft, int at, string sign)
    {
        var number = sentence.Next(at);
        while (sentence[number].Lex is Lex.Than && number < sentence.Count)
            number = sentence.Next(number);
        if (!sentence.IsFree(number) || Factor(sentence, number) is not var (factor, of) || sentence[of].Stem == "of" && factor == 0)
            return false;
        var column = of;
        while (sentence[column].Stem is "of" or "the" or "their" or "its" or "his" or "her" or "percent" or "percent of" or "%" or "a" && column < sentence.Count)
            column++;
        if (!sentence.IsFree(column) || sentence[column].Column is not { Likeness: <= Likeness.Part } || sentence[column].ColumnsWhere(c => c.IsMeasure()) is not { Count: > 0 } columns
            || new BoundTarget(sentence, draft).LeftOf(at) is not (>= 0 and var left) || left == column || sentence[left].ColumnsWhere(c => c.IsMeasure()) is not { Count: > 0 } lefts
            || sentence.Choose(left, lefts) is not { } own || sentence.Choose(column, columns) is not { } whole || own == whole)
            return false;
        sentence.Take("bound", left);
        for (var k = at; k <= column; k++)
            sentence.Take("unit", k);
        sentence.Notes.Add($"Compared with {factor.ToString(System.Globalization.CultureInfo.InvariantCulture)} times {whole.Name} of the same row.");
        draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(own), sign, new Expr.Binary('*', new Expr.Of(whole), new Expr.Number(factor))), null, left));
        return true;
    }

    private static (double Factor, int Of)? Factor(Sentence sentence, int i) => sentence[i] switch
    {
        { Number: { } percent, IsPercent: true } => (percent / 100, i + 1),
        { Number: { } percent } when sentence[i + 1].Lex == Lex.Share && sentence[i + 1].Stem.StartsWith("percent", StringComparison.Ordinal) => (percent / 100, i + 1),
        { Stem: "half" } => (0.5, i + 1),
        { Stem: "twice" or "double" } => (2, i + 1),
        _ => null,
    };

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
