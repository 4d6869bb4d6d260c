using System.Globalization;

namespace ProgressHub.Workloads.Analysis.Charts;

/// <summary>An axis: from where to where, with round numbers on it.</summary>
internal sealed record Scale(double From, double To, IReadOnlyList<double> Ticks)
{
    private const int Steps = 6;

    public static Scale Over(double least, double most, bool withZero)
    {
        if (withZero)
            (least, most) = (Math.Min(least, 0), Math.Max(most, 0));
        if (!(most > least))
            (least, most) = (least - Math.Max(1, Math.Abs(least) * 0.1), most + Math.Max(1, Math.Abs(most) * 0.1));

        // Steps of 1, 2 or 5 times a power of ten (Heckbert, "Nice numbers for graph labels", 1990).
        var rough = (most - least) / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
        if (!double.IsFinite(step) || step <= 0)
            return new Scale(least, most, [least, most]);
        var (from, to) = (Math.Floor(least / step) * step, Math.Ceiling(most / step) * step);
        List<double> ticks = [];
        for (var i = 0; i <= Steps * 2 && from + (i * step) <= to + (step / 2); i++)
            ticks.Add(from + (i * step));
        return new Scale(from, to, ticks);
    }

    /// <summary>Where a value stands, 0 to 1.</summary>
    public double Share(double value) => Math.Clamp((value - From) / (To - From), 0, 1);

    /// <summary>The numbers on it, as short as they can be told apart: 1.5M.</summary>
    public IReadOnlyList<string> Labels
    {
        get
        {
            var compact = Ticks.Select(Compact).ToList();
            return compact.Distinct(StringComparer.Ordinal).Count() == compact.Count ? compact : [.. Ticks.Select(Name)];
        }
    }

    private static string Compact(double value) => Math.Abs(value) switch
    {
        >= 1e15 => Name(value),
        >= 1e12 => (value / 1e12).ToString("0.##T", CultureInfo.InvariantCulture),
        >= 1e9 => (value / 1e9).ToString("0.##B", CultureInfo.InvariantCulture),
        >= 1e6 => (value / 1e6).ToString("0.##M", CultureInfo.InvariantCulture),
        >= 1e4 => (value / 1e3).ToString("0.##k", CultureInfo.InvariantCulture),
        _ => Name(value),
    };

    /// <summary>A number as people read it.</summary>
    public static string Name(double value) => Math.Abs(value) switch
    {
        0 => "0",
        < 1e-4 or >= 1e12 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        < 1 => value.ToString("0.#####", CultureInfo.InvariantCulture),
        < 1000 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    };
}
