using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>Bounds and what is used of them, for a person.</summary>
internal static class BoundWords
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>All bounds, in the order in which they are shown.</summary>
    public static IReadOnlyList<QuotaBound> All { get; } = Enum.GetValues<QuotaBound>();

    /// <summary>What a bound is about.</summary>
    public static string Label(QuotaBound bound) => bound switch
    {
        QuotaBound.JobsRunning => UiText.Of("Jobs running at once"),
        QuotaBound.JobsQueued => UiText.Of("Jobs in the queue"),
        QuotaBound.JobsPerDay => UiText.Of("Jobs a day"),
        QuotaBound.StorageBytes => UiText.Of("Storage"),
        QuotaBound.AudioMinutesPerMonth => UiText.Of("Minutes of audio a month"),
        QuotaBound.TokensPerMonth => UiText.Of("Tokens a month"),
        _ => UiText.Of("Money a month"),
    };

    /// <summary>A number of it.</summary>
    public static string Amount(QuotaBound bound, decimal number) => bound switch
    {
        QuotaBound.StorageBytes => Bytes(number),
        QuotaBound.MoneyPerMonth => number.ToString("#,0.####", CultureInfo.InvariantCulture),
        _ => number.ToString("#,0.##", CultureInfo.InvariantCulture),
    };

    private static string Bytes(decimal bytes)
    {
        var unit = 0;
        for (; bytes >= 1000 && unit < Units.Length - 1; unit++)
            bytes /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {Units[unit]}");
    }
}
