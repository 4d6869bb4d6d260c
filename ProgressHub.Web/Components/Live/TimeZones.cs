namespace ProgressHub.Web.Components.Live;

/// <summary>The time zones one can choose from, by their IANA names.</summary>
internal static class TimeZones
{
    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/') || id == "UTC").Order(StringComparer.Ordinal)];
}
