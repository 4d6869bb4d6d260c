using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>An adjective that compares: which way, and of what.</summary>
/// <param name="IsMore">Whether it means more (true) or less of it.</param>
/// <param name="Concepts">What columns it may speak of are called, the likeliest first.</param>
internal sealed record Adjective(bool IsMore, IReadOnlyList<string> Concepts);

/// <summary>Adjectives and what they measure.</summary>
internal static class Adjectives
{
    private static readonly FrozenDictionary<string, Adjective> Stems = Build(
        ("expensive cost costli pric pricy pricey dear priced", true, "price cost fee tariff rate fare rent bill charge"), ("cheap inexpensive", false, "price cost fee tariff rate fare rent"),
        ("old elder", true, "age"), ("young", false, "age"), ("tall", true, "height"), ("short", false, "height length duration runtime distance"),
        ("heavy", true, "weight mass"), ("light", false, "weight mass"), ("hot warm", true, "temperature temp"), ("cold cool chilly", false, "temperature temp"),
        ("long lengthy", true, "duration length runtime time night minute second hour distance"), ("fast quick", false, "time duration pace"), ("slow", true, "time duration pace"), ("crowded", true, "attendance crowd visitor passenger occupancy"), ("grossing", true, "gross office revenue earning"), ("scoring", true, "score point goal mark"), ("earning", true, "salary wage pay income revenue"), ("attended", true, "attendance visitor attendee"), ("cloudy", true, "cloud"), ("polluted", true, "pm25 aqi pollution"), ("noisy loud", true, "noise decibel"), ("thick", true, "thickness"), ("wide", true, "width"), ("narrow", false, "width"), ("spacious roomy", true, "area size sqft"), ("densely", true, "density"),
        ("wet rainy", true, "rain rainfall precipitation"), ("dry", false, "rain rainfall precipitation humidity"), ("windy", true, "wind windspeed gust"),
        ("sunny", true, "sunshine sun"), ("humid", true, "humidity"), ("snowy", true, "snow snowfall"), ("rich wealthy", true, "income wealth salary gdp"), ("poor", false, "income wealth salary gdp"),
        ("populous", true, "population"), ("big large", true, "size area population capacity volume"), ("small tiny", false, "size area population capacity volume"), ("deep", true, "depth"), ("far", true, "distance"), ("near close", false, "distance"),
        ("punctual reliable", false, "delay lateness"), ("late delayed", true, "delay lateness"), ("profitable lucrative", true, "profit margin"), ("paid", true, "salary pay wage income"), ("serving", true, "tenure seniority service"), ("experienced", true, "experience"), ("rated", true, "rating score"),
        ("selling", true, "quantity unit sale sold qty pack piece copy"), ("sold", true, "quantity unit sale sold qty pack piece copy"), ("satisfied happy", true, "satisfaction happiness"), ("unhappy dissatisfied", false, "satisfaction happiness"));

    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["furthest"] = "far", ["farthest"] = "far", ["eldest"] = "old", ["elder"] = "old",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]> Verbs = new Dictionary<string, string[]>
    {
        ["earn"] = ["salary", "wage", "pay", "income"], ["earned"] = ["salary", "wage", "pay", "income"], ["earning"] = ["salary", "wage", "pay", "income"], ["earner"] = ["salary", "wage", "pay", "income"],
        ["weigh"] = ["weight", "mass"], ["weighed"] = ["weight", "mass"], ["weighing"] = ["weight", "mass"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is worse the more there is of it, as columns are called.</summary>
    public static readonly FrozenSet<string> Bad = FrozenSet.ToFrozenSet(["delay", "lateness", "late", "wait", "waiting", "downtime", "error", "fault", "failure", "defect", "complaint", "absence", "accident", "crime", "death", "injury", "debt", "loss", "churn", "pollution", "noise", "overdue", "fine", "pm25"]);

    // Verbs that say what is bounded or ranked behind them, and bear no meaning elsewhere.
    private static readonly FrozenDictionary<string, string[]> Bounding = new (string Verbs, string Concepts)[]
    {
        ("cost costing priced listed going", "price cost fee fare rent amount value"), ("make made making gets get got", "salary wage pay income"), ("lasted lasting last ran run runs", "duration runtime length minute"),
        ("scored scoring score", "score mark grade point"), ("drove driven drive flew flown walked ran covered travelled traveled travel", "distance km mile"), ("stand stands measured", "height"), ("hold holds seat seats", "capacity seat"),
        ("used consumed use", "consumption usage kwh energy"), ("waited wait waiting", "wait"), ("finished finish ran", "time finish"), ("charge charged charging", "price fee rate charge"), ("rent renting", "rent price"),
    }.SelectMany(b => b.Verbs.Split(' ').Select(v => (Verb: v, Concepts: b.Concepts.Split(' ')))).GroupBy(b => b.Verb, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.SelectMany(b => b.Concepts).ToArray(), StringComparer.Ordinal);

    /// <summary>What a verb measures where a bound or a superlative follows it: cost more than, ran the longest; null where nothing.</summary>
    public static IReadOnlyList<string>? Bounded(string stem) => Bounding.GetValueOrDefault(stem);

    /// <summary>What a verb such as <c>weigh</c> measures; null where it measures nothing.</summary>
    public static IReadOnlyList<string>? Verb(string stem) => Verbs.GetValueOrDefault(stem);

    /// <summary>Of several columns that an adjective may be of, the one of the end that it speaks of: the hottest is by the maximum. All of them where none is.</summary>
    public static IReadOnlyList<TableColumn> AtEnd(Adjective adjective, IReadOnlyList<TableColumn> columns)
    {
        if (columns.Count < 2)
            return columns;
        var ends = columns.Where(c => c.Parts().Any(p => adjective.IsMore ? p is "max" or "maximum" or "high" or "highest" : p is "min" or "minimum" or "low" or "lowest")).ToList();
        return ends is [_] ? ends : columns;
    }

    /// <summary>Whether it is of how long somebody has been there, which a day of joining says too.</summary>
    public static bool IsTenure(Adjective adjective) => adjective.Concepts.Contains("tenure");

    /// <summary>What a plain form measures, such as <c>expensive</c>.</summary>
    public static Adjective? Plain(string stem) => Stems.GetValueOrDefault(stem);

    /// <summary>What a superlative measures, such as <c>cheapest</c>.</summary>
    public static Adjective? Superlative(string stem) => Inflected(stem, "est");

    /// <summary>What a comparative measures, such as <c>older</c>.</summary>
    public static Adjective? Comparative(string stem) => Inflected(stem, "er");

    private static Adjective? Inflected(string stem, string ending)
    {
        if (Irregular.TryGetValue(stem, out var known))
            return ending == "est" ? Plain(known) : null;
        if (!stem.EndsWith(ending, StringComparison.Ordinal))
            return null;
        var bare = stem[..^ending.Length];
        return Plain(bare) ?? Plain($"{bare}e") ?? (bare.EndsWith('i') ? Plain($"{bare[..^1]}y") : null)
            ?? (bare.Length > 2 && bare[^1] == bare[^2] ? Plain(bare[..^1]) : null);
    }

    private static FrozenDictionary<string, Adjective> Build(params (string Stems, bool IsMore, string Concepts)[] entries) => entries
        .SelectMany(e => e.Stems.Split(' ').Select(s => (Stem: s, Adjective: new Adjective(e.IsMore, e.Concepts.Split(' ')))))
        .DistinctBy(e => e.Stem).ToFrozenDictionary(e => e.Stem, e => e.Adjective, StringComparer.Ordinal);
}
