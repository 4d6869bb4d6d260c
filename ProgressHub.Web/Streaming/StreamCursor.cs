using System.Globalization;

namespace ProgressHub.Web.Streaming;

/// <summary>Cursors as clients send them. One that can't be read is none: a stream then begins at the present.</summary>
internal static class StreamCursor
{
    /// <summary>A job's <c>seq</c>: digits.</summary>
    public static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;
}
