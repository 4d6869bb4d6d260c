using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Two values or two times beside each other: is West above East, how much more, by what percentage did it change from one to the other.</summary>
internal static class PairForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        var isChange = sentence.Has(Lex.Growth) || sentence.Has(Lex.Rise) || sentence.Has(Lex.Fall);
        // "How many votes more did one get than the other".
        var isMore = sentence.Has(Lex.Than) && !form.IsYesNo && (sentence.Has(Lex.Above) || sentence.Has(Lex.Below));
        var isDifference = sentence.Has(Lex.Difference) || isMore;
        var isTest = form.IsYesNo && (sentence.Has(Lex.Than) || sentence.Has(Lex.Above) || sentence.Has(Lex.Below) || HasComparative(sentence) || sentence.Has(Lex.Rise) || sentence.Has(Lex.Fall));
        var isCompare = sentence.Has(Lex.Compare) || sentence.Has(Lex.Than);
        var isRatio = sentence.Has(Lex.Ratio);
        // "Are there more of these or of those": which of both, and not whether.
        var isEither = isTest && !isCompare && sentence.Has(Lex.Or) && sentence.Has(Lex.Above);
        if (isEither)
            (isTest, isDifference) = (false, true);
        if (!(isChange || isDifference || isTest || isCompare || isRatio) || Pair(draft) is not var (first, second))
            return null;
        // A change of each group, and which changed most; two themselves are not ranked, and their rows not bounded in number.
        var key = isTest || !(isChange || isDifference || isRatio) ? null : KeyBeside(draft, first);
        if (key is null && (draft.Keys.Exists(k => k.Role is KeyRole.By or KeyRole.Each) || form.IsUnranked()))
            return null;
        var inPercent = isChange && !isDifference;
        if (inPercent && key is not null && draft.Rank is not null && !IsOfPercent(sentence))
        {
            const string percent = "in percent", difference = "by the difference";
            const string term = "how much it changed";
            if (sentence.Choice(term) is not { } choice)
            {
                sentence.Ask(term, "What changed the most: in percent, or by the difference?", [percent, difference]);
                return null;
            }

            inPercent = choice == percent;
        }

        if (draft.Having.Count > 0)
        {
            sentence.Refuse("It bounds groups, and compares only two.");
            return null;
        }

        if ((Compared(form) ?? form.OneMeasure() ?? Spent(form) ?? Only(form) ?? (isRatio ? new Output("rows", new Measure.Rows()) : null)) is not { } output)
        {
            if (sentence.Doubt is null)
                sentence.Refuse("It does not say which numbers to compare.");
            return null;
        }

        if (isCompare && !isChange && !isDifference && !isTest && !isRatio)
            return Beside(form, first, second, output);
        var where = form.Where(first, second);
        if (first.IsTime && isChange && first.Condition is Condition.Within { From: { } a } && second.Condition is Condition.Within { From: { } b } && a > b)
            (first, second) = (second, first);
        var (left, right) = (new Measure.Where(output.Measure, first.Condition), new Measure.Where(output.Measure, second.Condition));
        Output[] values = [new($"{output.Name}: {form.Raw(first.At)}", left), new($"{output.Name}: {form.Raw(second.At)}", right)];
        Output[] outputs = isTest
            ? [new("answer", new Measure.Test(isChange ? right : left, IsLess(sentence) ? "<" : ">", isChange ? left : right)), .. values]
            : isRatio ? [new("ratio", new Measure.Binary('/', left, right)), .. values]
            // "How much did it rise" may be asked of the number, or of the percent.
            : inPercent && Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Lex == Lex.HowMuch) && !IsOfPercent(sentence) ? [new("difference", new Measure.Binary('-', right, left)), new("change in %", new Measure.Change(left, right)), .. values]
            : inPercent ? [new("change in %", new Measure.Change(left, right)), .. values]
            : isChange ? [new("difference", new Measure.Binary('-', right, left)), .. values]
            : [new("difference", new Measure.Binary('-', left, right)), .. values];
        var isFall = sentence.Has(Lex.Fall);
        // "Which regions sold more here than there", "which declined": only those that did.
        var isOnly = draft.KeyOf(KeyRole.Which)?.Key == key && key is not null && draft.Rank is null && (isMore || isFall || sentence.Has(Lex.Rise) || Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Stem is "grow" or "grew"));
        GroupBound[] having = isOnly ? [new(new Measure.Binary('-', isChange ? right : left, isChange ? left : right), isFall || (isMore && sentence.Has(Lex.Below)) ? "<" : ">", 0)] : [];
        form.Take("comparison", Lex.Ratio, Lex.Difference, Lex.Than, Lex.Compare, Lex.Between, Lex.To, Lex.From, Lex.And);
        if (isEither)
            form.Take("comparison", Lex.Or, Lex.Above, Lex.AreThere);
        if (isTest || isMore)
            form.Take("comparison", Lex.Above, Lex.Below, Lex.Rise, Lex.Fall);
        if (isChange)
            form.Take("comparison", Lex.Growth, Lex.Rise, Lex.Fall, Lex.Share, Lex.Previous);
        return new Query.Aggregate(key is null ? [] : [key], outputs)
        {
            Where = where, Having = having, Ranking = key is null ? null : draft.Rank is not { } rank ? new Ranking(!isFall) : new Ranking(rank.Descending ^ isFall, rank.Nth is null ? rank.Limit ?? 1 : null, rank.Nth),
        };
    }

    private static Key? KeyBeside(Draft draft, FilterPart pair) =>
        draft.Keys.Where(k => k.Role is KeyRole.By or KeyRole.Each or KeyRole.Which && k.Key.Column != pair.Column).Select(k => k.Key).ToList() is [{ IsTime: false } only] ? only : null;

    private static bool IsOfPercent(Sentence sentence) => sentence.Has(Lex.Share)
        || Enumerable.Range(0, sentence.Count).Any(i => sentence.Lex(i) == Lex.Growth && (sentence[i].Stem.Contains("percent", StringComparison.Ordinal) || sentence[i].Stem.Contains("rate", StringComparison.Ordinal)));

    // "Are diesel cars more expensive than petrol cars": the mean of what the adjective is of.
    /// <summary>The mean of what a free comparative such as hotter is of; null where there is none.</summary>
    public static Output? Compared(Form form)
    {
        var at = Enumerable.Range(0, form.Sentence.Count).FirstOrDefault(i => form.Sentence.IsFree(i) && form.Sentence[i].Comparative is not null && form.Sentence[i].Lex is Lex.None or Lex.Above or Lex.Below, -1);
        if (at < 0 || form.Draft.Measures.Count > 0 || form.Sentence[at].Comparative is not { } adjective)
            return null;
        var columns = adjective.Concepts.Select(c => form.Sentence.Terms.ColumnsOfConcept(c).Where(m => m.IsMeasure()).ToList()).FirstOrDefault(c => c.Count > 0);
        // Of what adds up it could be the total.
        if (columns is null || form.Sentence.Choose(at, columns) is not { } column || column.AddsUp() == true)
            return null;
        form.Sentence.Take("comparison", at);
        if (form.RowNoun() is >= 0 and var row)
            form.Sentence.Take("comparison", row);
        if (form.RowNoun() is >= 0 and var again)
            form.Sentence.Take("comparison", again);
        form.Take("measure", Lex.Average);
        form.Sentence.Notes.Add($"'{form.Sentence[at].Raw}' compares the average {column.Name}.");
        return form.Measuring.Of(new MeasurePart(Statistic.Average, new Expr.Of(column), at));
    }

    // "Was more spent here than there": of the only sums of money there are.
    private static Output? Spent(Form form)
    {
        if (form.Sentence.Doubt is not null || form.Sentence.Refusal is not null || form.Sentence.Terms.Money is not { } money)
            return null;
        for (var i = 0; i < form.Sentence.Count; i++)
        {
            if (form.Sentence.IsFree(i) && form.Sentence[i].Stem is "spent" or "spend" or "paid" or "pay" or "donated" or "raised")
            {
                form.Sentence.Take("measure", i);
                return form.Measuring.Of(new MeasurePart(Statistic.Sum, new Expr.Of(money), i));
            }
        }

        return null;
    }

    // "7A versus 7B": of the only number that the table has, or of one of them, which is asked.
    private static Output? Only(Form form)
    {
        if (form.Sentence.Doubt is not null || form.Sentence.Refusal is not null || !form.Sentence.Has(Lex.Than) && !form.Sentence.Has(Lex.Compare) || form.IsYesNo || form.Table.Columns.Where(c => c.IsMeasure()).ToList() is not [var only])
            return null;
        return form.Measuring.Of(new MeasurePart(null, new Expr.Of(only), 0));
    }

    private static bool HasComparative(Sentence sentence) => Enumerable.Range(0, sentence.Count).Any(i => sentence.IsFree(i) && sentence[i].Comparative is not null);

    private static bool IsLess(Sentence sentence) => sentence.Has(Lex.Below) || sentence.Has(Lex.Fall)
        || Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Comparative is { IsMore: false } && sentence.PartOf(i) == "comparison");

    // Both of one column, and no third.
    private static (FilterPart, FilterPart)? Pair(Draft draft)
    {
        var groups = draft.Filters.Where(f => !f.IsNot && f.Condition is Condition.OneOf or Condition.Flag or Condition.PartOf or Condition.Within { From: not null, Before: not null })
            .GroupBy(f => f.Column).Where(g => g.Count() == 2 && !IsSame(g.First().Condition, g.Last().Condition)).ToList();
        return groups is [var pair] ? (pair.First(), pair.Last()) : null;
    }

    // "Do female dogs weigh more than male dogs": dogs are what both are.
    private static bool IsSame(Condition a, Condition b) => a.Equals(b) || a is Condition.OneOf(_, var some) && b is Condition.OneOf(_, var others) && some.SequenceEqual(others, StringComparer.Ordinal);

    private static Query.Aggregate? Beside(Form form, FilterPart first, FilterPart second, Output only)
    {
        if (form.Measuring.All(form.Draft.Measures) is not { } outputs)
            return null;
        form.Take("comparison", Lex.Compare, Lex.Than, Lex.And, Lex.Between);
        if (outputs.Count == 0)
            outputs = [only];
        if (first.IsTime)
        {
            return new Query.Aggregate([], [.. new[] { first, second }.Select(f => new Output($"{outputs[0].Name}: {form.Raw(f.At)}", new Measure.Where(outputs[0].Measure, f.Condition)))])
            {
                Where = form.Where(first, second),
            };
        }

        // Yes and no are all there is.
        var where = first.Condition is Condition.Flag ? form.Where(first, second) : form.Where();
        return new Query.Aggregate([new Key(first.Column!, null)], outputs) { Where = where, Ranking = new Ranking(true) };
    }
}
