using System.Globalization;

namespace ProgressHub.Web.Streaming;

/// <summary>Cursors as clients send them. One that can't be read is none: a stream then begins at the present.</summary>
internal static class StreamCursor
{
    /// <summary>A job's <c>seq</c>: digits.</summary>
    public static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;

    /// <summary>A position on the stream of all jobs: the epoch, a hyphen, digits; one of another epoch is none.</summary>
    public static long? ParsePosition(string? text, string epoch) =>
        text is not null && text.Length > epoch.Length && text.StartsWith(epoch, StringComparison.Ordinal)
        && text[epoch.Length] == '-'
            ? Parse(text[(epoch.Length + 1)..])
            : null;
}
