using System.Globalization;
using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>
/// Turns questions in English (and the common Chinese words) into queries by rules over the table's own columns and
/// values. Pure: the same question, table and choices give the same outcome.
/// </summary>
internal static class RulesPlanner
{
    /// <summary>Plans a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="table">What it is about.</param>
    /// <param name="choices">What the user has said of unclear words before: a term and the column it means.</param>
    public static PlanOutcome Plan(string question, TableProfile table, IReadOnlyDictionary<string, string> choices)
    {
        var words = Words.Of(question);
        var filters = Filters.Read(words, table, choices);
        if (filters.Doubt is { } doubt)
            return doubt;
        var intent = Intent.Read(words);
        var columns = ColumnChoice.Of(words, table, intent, filters, choices);
        var understood = intent.IsAnything || columns.Group is not null || columns.Measures.Count > 0 || filters.Sql.Count > 0;
        if (columns.Doubt is null && !understood)
            return NotUnderstood(table);

        var assumptions = new List<string>();
        if (columns.Unknown.Count > 0)
            assumptions.Add($"Not understood, and left out: {string.Join(", ", columns.Unknown.Take(10))}.");
        var plan = columns.Doubt is null ? Build(table, intent, filters, columns, assumptions) : null;
        if (columns.Doubt is { } unclear)
            return unclear;
        return plan is null
            ? NotUnderstood(table)
            : new PlanOutcome.Ready(plan with { Assumptions = assumptions, Choices = columns.Used });
    }

    private static QuestionPlan? Build(
        TableProfile table, Intent intent, Filters filters, ColumnChoice columns, List<string> assumptions)
    {
        switch (intent.Measure)
        {
            case Measure.Volatility when table.Timeline is { } when && columns.Price() is { } price:
                // Rows of one moment that are of different things have no return between them.
                var instrument = columns.Instrument();
                return Builder(price).Volatility(price, when, instrument, columns.Group, intent.Top, intent.Limit);
            case Measure.Volatility:
                return null;
            case Measure.Correlation:
                return columns.Measures.Count >= 2
                    ? Builder(columns.Measures[0]).Correlation(columns.Measures[0], columns.Measures[1], columns.Group)
                    : null;
        }

        // "Which stock rose the most": what there is most of is in a word that means nothing here.
        if (intent is { Top: not null, Measure: null } && columns.Measures.Count == 0 && columns.Unknown.Count > 0)
            return null;
        var (measure, column) = MeasureOf(intent, columns, assumptions);
        if (columns.Doubt is not null)
            return null;
        var builder = Builder(column);
        if (intent.OverTime && table.Timeline is { } timeline)
        {
            var bucket = intent.Bucket ?? UsualBucket(timeline);
            if (intent.Bucket is null)
                assumptions.Add($"By {bucket}, because of the time the data spans.");
            return intent.Top is { } first
                ? builder.Groups(measure ?? Measure.Count, column, PlanBuilder.Bucket(timeline, bucket), bucket, first, intent.Limit)
                : builder.Trend(measure ?? Measure.Count, column, timeline, bucket, columns.Group);
        }

        if (columns.Group is { } group)
            return builder.Groups(measure ?? Measure.Count, column, group.Sql, group.Name, intent.Top, intent.Limit);
        if (intent.Measure is not null && measure is { } asked)
            return builder.Value(asked, column);
        if (column is not null && intent.Top is { } top)
            return builder.Rows(column, top, intent.Limit);
        if (intent.ListsRows || (column is null && filters.Sql.Count > 0))
            return builder.Rows(null, top: true, intent.Limit);
        return column is null ? null : builder.Summary(column);

        PlanBuilder Builder(TableColumn? of) => new(
            table, filters.OfMeasure is { } bound && of is not null ? [.. filters.Sql, $"{of.Sql} {bound}"] : filters.Sql);
    }

    // What to compute, and of what.
    private static (Measure? Measure, TableColumn? Column) MeasureOf(Intent intent, ColumnChoice columns, List<string> assumptions)
    {
        switch (intent.Measure)
        {
            case Measure.Count when columns.Counted() is { } different:
                if (columns.Group == different)
                    columns.Ungroup();
                return (Measure.Distinct, different);
            case Measure.Count:
                return (Measure.Count, null);
            case Measure.Distinct:
                var counted = columns.Group ?? (columns.Measures.Count > 0 ? columns.Measures[0] : null);
                columns.Ungroup();
                return (counted is null ? Measure.Count : Measure.Distinct, counted);
            case { } said:
                var column = columns.Measure(PlanWord(said));
                if (column is null && columns.Doubt is null)
                {
                    assumptions.Add("The table has no numbers, so rows are counted.");
                    return (Measure.Count, null);
                }

                return (said, column);
        }

        if (columns.Measures.Count == 0)
            return (intent.Top is null && columns.Group is null ? null : Measure.Count, null);
        var of = columns.Measures[0];
        if (columns.Group is null && !intent.OverTime)
            return (null, of);
        var usual = Words.OfName(of.Name).Any(Vocabulary.AddUp.Contains) ? Measure.Sum
            : intent.Top switch { true when !intent.OverTime => Measure.Maximum, false when !intent.OverTime => Measure.Minimum, _ => Measure.Average };
        assumptions.Add($"Of {of.Name} the {PlanBuilder.Label(usual, of)} was taken; say average, total, median, highest or lowest for another.");
        return (usual, of);
    }

    private static string PlanWord(Measure measure) => measure switch
    {
        Measure.Sum => "total",
        Measure.Maximum => "highest value",
        Measure.Minimum => "lowest value",
        Measure.Spread => "standard deviation",
        _ => measure.ToString().ToLowerInvariant(),
    };

    private static string UsualBucket(TableColumn timeline)
    {
        if (!DateTime.TryParse(timeline.Min, CultureInfo.InvariantCulture, out var from)
            || !DateTime.TryParse(timeline.Max, CultureInfo.InvariantCulture, out var to))
        {
            return "month";
        }

        return (to - from).TotalDays switch { <= 92 => "day", <= 365 * 6 => "month", _ => "year" };
    }

    private static PlanOutcome.NotUnderstood NotUnderstood(TableProfile table) => new(PlannerHelp.For(table));
}
