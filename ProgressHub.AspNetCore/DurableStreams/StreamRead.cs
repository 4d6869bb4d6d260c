using Microsoft.AspNetCore.Mvc;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>What a read says in its query.</summary>
/// <param name="Offset">From where; -1 is the beginning, <c>now</c> the end as it is.</param>
/// <param name="Live">Whether it waits for what comes: <c>long-poll</c> or <c>sse</c>.</param>
/// <param name="Cursor">The <c>Stream-Cursor</c> of the answer before.</param>
/// <param name="Timeout">How many seconds a long poll is held back at most.</param>
internal readonly record struct StreamRead(
    [FromQuery] string? Offset, [FromQuery] string? Live, [FromQuery] string? Cursor, [FromQuery] int? Timeout)
{
    /// <summary>How long a long poll is held back by default.</summary>
    public const int DefaultTimeoutSeconds = 20;
}
