using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>The plan in words, to be read beside its SQL: total of price × quantity, where status is paid, by month.</summary>
internal static class PlanWords
{
    public static string Of(Query query) => query switch
    {
        Query.Aggregate aggregate => $"{Capital(Measures(aggregate))}{Where(query)}{By(aggregate)}{Having(aggregate)}{Beside(aggregate)}{Ranked(aggregate.Ranking, aggregate.Within)}",
        Query.Rows rows => $"{(rows.Columns.Count == 0 ? "The rows" : Capital(string.Join(", ", rows.Columns.Select(c => c.Name))))}{Where(query)}{(rows.By is null ? Limit(rows.Ranking) : $", by {Names.Of(rows.By)}{Ranked(rows.Ranking, rows.Within)}")}",
        Query.Values values => $"The different {string.Join(", ", values.Keys.Select(k => k.Name))}{Where(query)}{Never(values)}{string.Concat(values.AllOf.Select(c => $", with a row where {Conditions.Of(c)}"))}",
        Query.NthValue nth => $"The {Ordinal(nth.Ranking.Nth ?? 1)} {(nth.Ranking.Descending ? "highest" : "lowest")} of the different values of {Names.Of(nth.Of)}{Where(query)}",
        Query.Volatility of => $"The volatility: the standard deviation of the returns of {of.Price.Name} from one {of.Time.Name} to the next{Where(query)}{(of.Key is null ? "" : $", by {of.Key.Name}{(of.Ranking?.Descending == false ? ", the lowest first" : ", the highest first")}")}",
        Query.Over { Statistic: null } over => $"How many there are: {Of(over.Inner)}",
        Query.Over over => $"{Capital(over.Name)}, over: {Of(over.Inner)}",
        Query.Summary summary => $"The usual figures of {summary.Column.Name}{Where(query)}",
        Query.Facts facts => facts.OnlyCount ? "How many columns the table has" : "The columns of the table",
        _ => "",
    };

    private static string Measures(Query.Aggregate query) =>
        string.Join(" and ", query.Outputs.Where(o => o.Name != "answer" && o.Measure is not Measure.Slope).Select(o => o.Name == "rows" ? "number of rows" : o.Measure is Measure.Of { Statistic: Statistic.Distinct } ? $"number of {(o.Name.StartsWith("different", StringComparison.Ordinal) ? o.Name : $"different {o.Name}")}" : o.Name));

    private static string Where(Query query) => query.Where is null ? "" : $", where {Conditions.Of(query.Where)}";

    private static string By(Query.Aggregate query) => query.Keys.Count == 0 ? "" : $", by {string.Join(" and ", query.Keys.Select(k => k.Name))}";

    private static string Having(Query.Aggregate query) => string.Concat(query.Having.Select(h => $", only where the {(h.Measure is Measure.Rows ? "number of rows" : Names.Of(h.Measure))} is {Conditions.Sign(h.Operator)} {(h.Beside is { } beside ? $"the {beside.ToString().ToLowerInvariant()} of all" : Names.Number(h.Bound))}"));

    private static string Beside(Query.Aggregate query) => query.Window switch
    {
        Window.Share => ", with its share of the total",
        Window.Growth => ", with its change against the one before",
        Window.Running => ", added up from the first on",
        _ => "",
    };

    private static string Ranked(Ranking? ranking, Key? within)
    {
        if (ranking is null)
            return "";
        var end = ranking.Descending ? "highest" : "lowest";
        var which = ranking.Nth is { } nth ? $", the {(nth == 1 ? "" : $"{Ordinal(nth)} ")}{end}"
            : ranking is { Limit: { } limit, IsExact: true } ? $", the {(limit == 1 ? "" : $"{limit} ")}{end}" : $", the {end} first";
        return within is null ? which : $"{which} in each {within.Name}";
    }

    private static string Limit(Ranking? ranking) => ranking?.Limit is { } limit ? $", the first {limit} of the file" : "";

    private static string Never(Query.Values values) => values.Never is null ? "" : $" without any row where {Conditions.Of(values.Never)}";

    private static string Ordinal(int n) => n switch { 1 => "first", 2 => "second", 3 => "third", _ => string.Create(CultureInfo.InvariantCulture, $"{n}th") };

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
