using System.Collections;
using System.Globalization;

namespace ProgressHub.Tests.Docs;

/// <summary>How docs/configuration.md writes the default of a key.</summary>
internal static class DefaultText
{
    private const string None = "none";

    private static readonly (TimeSpan Length, string Name)[] Times =
    [
        (TimeSpan.FromDays(1), "d"), (TimeSpan.FromHours(1), "h"), (TimeSpan.FromMinutes(1), "min"), (TimeSpan.FromSeconds(1), "s"),
        (TimeSpan.FromMilliseconds(1), "ms"),
    ];

    private static readonly (long Length, string Name)[] Sizes = [(1L << 30, "GiB"), (1L << 20, "MiB"), (1L << 10, "KiB")];

    public static string Of(OptionKey option) => option.Default switch
    {
        null or "" => None,
        string text => $"`{text}`",
        Uri address => $"`{address.OriginalString}`",
        bool flag => flag ? "`true`" : "`false`",
        Enum choice => $"`{choice}`",
        TimeSpan time => TimeText(time),
        IEnumerable items => items.Cast<object>().Any() ? throw new NotSupportedException(option.Key) : None,
        IFormattable number when option.Key.EndsWith("Bytes", StringComparison.Ordinal) => SizeText(Convert.ToInt64(number, CultureInfo.InvariantCulture)),
        IFormattable number => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException(option.Key),
    };

    private static string TimeText(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
            return "0";
        var (length, name) = Times.First(unit => time.Ticks % unit.Length.Ticks == 0 || unit.Name == "ms");
        return string.Create(CultureInfo.InvariantCulture, $"{time / length:#,0.###} {name}");
    }

    private static string SizeText(long bytes) => Sizes.FirstOrDefault(size => bytes % size.Length == 0) is { Length: > 0 } unit
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / unit.Length} {unit.Name}")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes:#,0} B");
}
