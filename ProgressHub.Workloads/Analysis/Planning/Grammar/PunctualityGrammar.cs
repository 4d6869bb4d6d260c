using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Late, on time and early, where the table says when something was to be and when it was: delivered after it was promised.</summary>
internal static class PunctualityGrammar
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (Sign(sentence, i) is not var (sign, length) || Times(sentence.Terms.Table) is not var (planned, actual))
                continue;
            for (var k = i; k < i + length; k++)
                sentence.Take("punctuality", k);
            var isNot = Negation.Of(sentence, draft, i, null);
            // "Delivered late" says twice that it was delivered.
            var verb = sentence.Previous(i);
            if (sentence.IsFree(verb) && sentence[verb].ColumnsWhere(c => c == actual).Count > 0)
                sentence.Take("punctuality", verb);
            var words = sign switch { ">" => "after", "<" => "before", _ => "not after" };
            sentence.Notes.Add($"'{sentence[i].Raw}' was read as: {actual.Name} is {(isNot ? "not " : "")}{words} {planned.Name}.");
            if (planned.Empty + actual.Empty > 0)
                sentence.Notes.Add($"Rows without {planned.Name} or {actual.Name} count as neither late nor on time.");
            draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(actual), isNot ? ComparisonGrammar.Opposite(sign) : sign, new Expr.Of(planned)), null, i));
        }
    }

    private static (string Sign, int Length)? Sign(Sentence sentence, int i)
    {
        if (!sentence.IsFree(i) || sentence[i].Values.Count > 0 || sentence[i].ColumnsWhere(c => !c.IsTime).Count > 0)
            return null;
        return sentence[i].Stem switch
        {
            "late" or "overdue" or "delayed" => (">", 1),
            "on" or "in" when sentence[i + 1].Stem == "time" && sentence[i - 1].Stem is not ("which" or "what") => ("<=", 2),
            "on time" or "punctually" or "punctual" => ("<=", 1),
            "early" => ("<", 1),
            _ => null,
        };
    }

    /// <summary>The one time that was promised, and the one at which it ended; null where the table has no such.</summary>
    public static (TableColumn Planned, TableColumn Actual)? Times(TableProfile table)
    {
        var times = table.Columns.Where(c => c.IsTime).ToList();
        return times.Where(Spans.IsPlanned).ToList() is [var planned] && times.Where(c => !Spans.IsPlanned(c) && TimeColumn.IsEnding(c)).ToList() is [var actual] && planned.Type == actual.Type
            ? (planned, actual) : null;
    }
}
