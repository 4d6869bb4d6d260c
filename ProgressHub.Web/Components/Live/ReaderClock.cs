namespace ProgressHub.Web.Components.Live;

/// <summary>The time zone of whoever reads, as their browser or their settings have it; UTC until that is known.</summary>
public sealed class ReaderClock
{
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>The zone's name, such as <c>Europe/Berlin</c>.</summary>
    public string ZoneName => IsUtc ? "UTC" : _zone.Id;

    /// <summary>Whether the reader's time is UTC.</summary>
    public bool IsUtc => _zone.BaseUtcOffset == TimeSpan.Zero && !_zone.SupportsDaylightSavingTime;

    /// <summary>Takes a zone by its IANA name; one that this system does not know changes nothing.</summary>
    /// <returns>Whether it is another than before.</returns>
    public bool Use(string? zone)
    {
        if (string.IsNullOrEmpty(zone) || zone == _zone.Id || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            return false;
        _zone = found;
        return true;
    }

    /// <summary>A moment in the reader's zone.</summary>
    public DateTimeOffset ToLocal(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);
}
