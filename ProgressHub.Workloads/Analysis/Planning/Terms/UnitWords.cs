using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>Units that numbers are said in, and what one of them is of another.</summary>
internal static class UnitWords
{
    // Those that stand together differ by a factor only. A year or a month has no fixed length.
    private static readonly (string Dimension, (string Words, double Factor)[] Units)[] Known =
    [
        ("energy", [("kwh", 1), ("mwh", 1000), ("gwh", 1e6), ("twh", 1e9), ("wh", 0.001)]),
        ("power", [("kw kilowatt", 1), ("mw megawatt", 1000), ("gw gigawatt", 1e6)]),
        ("euro", [("eur euro €", 1), ("keur", 1e3), ("meur", 1e6)]),
        ("dollar", [("usd dollar $", 1), ("kusd", 1e3), ("musd", 1e6)]),
        ("pound sterling", [("gbp pound £", 1)]),
        ("franc", [("chf franc", 1)]),
        ("yen", [("jpy yen ¥", 1)]),
        ("yuan", [("cny rmb yuan", 1)]),
        ("krona", [("sek krona kronor", 1)]),
        ("area", [("sqm m2", 1), ("ha hectare", 10_000)]),
        ("square feet", [("sqft", 1)]),
        ("percent", [("pct percent percentage %", 1)]),
        ("time", [("ms millisecond", 0.001), ("sec second s", 1), ("min minute", 60), ("hr hrs hour h", 3600), ("day night", 86_400), ("week", 604_800)]),
        ("year", [("year", 1)]),
        ("weight", [("g gram", 0.001), ("kg kilo kilogram kilogramme", 1), ("t ton tonne", 1000)]),
        ("weight in pounds", [("lb", 1)]),
        ("distance", [("mm millimeter millimetre", 0.001), ("cm centimeter centimetre", 0.01), ("m meter metre", 1), ("km kilometer kilometre", 1000)]),
        ("miles", [("mile mi", 1)]),
        ("temperature", [("c celsius degree deg °c", 1)]),
        ("fahrenheit", [("f fahrenheit", 1)]),
        ("pressure", [("hpa", 1)]),
        ("speed", [("kmh kph km/h", 1)]),
        ("points", [("point", 1)]),
        ("volume", [("ml", 0.001), ("l liter litre", 1)]),
    ];

    private static readonly FrozenDictionary<string, (string Dimension, double Factor)> Index = Known
        .SelectMany(k => k.Units.SelectMany(u => u.Words.Split(' ').Select(w => (Word: w, k.Dimension, u.Factor))))
        .ToFrozenDictionary(u => u.Word, u => (u.Dimension, u.Factor), StringComparer.Ordinal);

    // What a quantity is called whose unit its column names: resolution time is resolution_hours.
    private static readonly FrozenDictionary<string, string[]> Nouns = new Dictionary<string, string[]>
    {
        ["time"] = ["time"], ["duration"] = ["time"], ["length"] = ["time", "distance", "miles"], ["weight"] = ["weight", "weight in pounds"], ["distance"] = ["distance", "miles"],
        ["speed"] = ["speed"], ["area"] = ["area", "square feet"], ["temperature"] = ["temperature", "fahrenheit"], ["energy"] = ["energy"], ["percentage"] = ["percent"],
        ["cost"] = ["euro", "dollar", "pound sterling", "franc", "yen", "yuan", "krona"], ["amount"] = ["euro", "dollar", "pound sterling", "franc", "yen", "yuan", "krona"], ["spending"] = ["euro", "dollar", "pound sterling", "franc", "yen", "yuan", "krona"],
        ["spend"] = ["euro", "dollar", "pound sterling", "franc", "yen", "yuan", "krona"], ["expense"] = ["euro", "dollar", "pound sterling", "franc", "yen", "yuan", "krona"], ["price"] = ["euro", "dollar", "pound sterling", "franc", "yen", "yuan", "krona"], ["value"] = ["euro", "dollar", "pound sterling", "franc", "yen", "yuan", "krona"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a word is a unit.</summary>
    public static bool IsUnit(string stem) => Index.ContainsKey(stem);

    /// <summary>Whether a word is a unit of time that has a fixed length.</summary>
    public static bool IsTime(string stem) => Index.TryGetValue(stem, out var unit) && unit.Dimension == "time";

    /// <summary>How many days one of a unit of time is; null where it is none.</summary>
    public static double? InDays(string stem) => IsTime(stem) ? Index[stem].Factor / Index["day"].Factor : null;

    /// <summary>Whether a column's numbers may be in a unit: it names the same one, or none.</summary>
    public static bool Fits(TableColumn column, string stem) => Factor(column, stem) is null or 1;

    /// <summary>What a number in a unit is multiplied by to be in that of a column; null where the column names none, or either is no unit.</summary>
    /// <returns>NaN where one can't be had from the other.</returns>
    public static double? Factor(TableColumn column, string stem) =>
        column.UnitWord() is not { } unit || !Index.TryGetValue(stem, out var said) || !Index.TryGetValue(unit, out var own) ? null
        : said.Dimension == own.Dimension ? said.Factor / own.Factor : double.NaN;

    /// <summary>Whether a column's name ends with a unit.</summary>
    public static bool IsOf(TableColumn column, string stem) => Factor(column, stem) is 1;

    /// <summary>Whether a column's numbers are sums of money.</summary>
    public static bool IsMoney(TableColumn column) => column.Unit is "$" or "€" or "£" or "¥" || IsNamedBy(column, "amount");

    /// <summary>Whether a word such as time names what a column's unit is of.</summary>
    public static bool IsNamedBy(TableColumn column, string noun) =>
        Nouns.TryGetValue(noun, out var dimensions) && column.UnitWord() is { } unit && Index.TryGetValue(unit, out var own) && dimensions.Contains(own.Dimension);
}
