using System.Globalization;
using ProgressHub.AspNetCore.Http;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>
/// The cursor of live reads (Durable Streams, section 8.1): the number of the present interval, and always above the one
/// that the client brings, so that no cache on the way answers it for ever with what it has.
/// </summary>
internal static class CollapsingCursor
{
    private const int MaxJump = 180;
    private static readonly DateTimeOffset Epoch = new(2024, 10, 9, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>The next cursor.</summary>
    /// <param name="now">The time.</param>
    /// <param name="sent">The cursor of the request; one that can't be read is none.</param>
    /// <param name="random">Where a jump comes from.</param>
    public static string Next(DateTimeOffset now, string? sent, Random random)
    {
        var present = (now - Epoch).Ticks / Interval.Ticks;

        // A number that nobody was given would only grow for ever.
        var next = Parameters.ParseCursor(sent) is { } known && known >= present && known < long.MaxValue - MaxJump
            ? known + random.Next(1, MaxJump + 1)
            : present;
        return next.ToString(CultureInfo.InvariantCulture);
    }
}
