using System.Globalization;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>
/// A place in a stream (Durable Streams, section 6): the <c>seq</c> before it, padded so that offsets sort as texts do.
/// It is as lasting as the log.
/// </summary>
internal static class StreamOffset
{
    private const string Beginning = "-1";
    private const string Tail = "now";
    private const int Digits = 16;

    /// <summary>The offset of the place right after an event.</summary>
    public static string Format(long seq) => seq.ToString("D16", CultureInfo.InvariantCulture);

    /// <summary>The <c>seq</c> before the place that is asked for; null for the end of the stream as it is now.</summary>
    /// <exception cref="RefusedException">400 <c>invalid_offset</c>.</exception>
    public static long? Parse(string? offset) => offset switch
    {
        null or Beginning => 0,
        Tail => null,
        { Length: Digits } when Parameters.ParseCursor(offset) is { } seq => seq,
        _ => throw Parameters.Refuse(
            "invalid_offset", $"'offset' is {Beginning}, {Tail} or an offset that this server gave.", "offset"),
    };
}
