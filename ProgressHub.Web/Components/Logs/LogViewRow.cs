using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Logs;

/// <summary>A row of the log viewer.</summary>
/// <param name="Row">Its place, from 0.</param>
/// <param name="Number">The line it is of.</param>
/// <param name="Line">That line.</param>
/// <param name="IsFirst">Whether it is the first row of it.</param>
/// <param name="Spans">What stands in it.</param>
public sealed record LogViewRow(int Row, int Number, LogEvent Line, bool IsFirst, IReadOnlyList<AnsiSpan> Spans)
{
    /// <summary>Whether it is the first that another attempt has logged.</summary>
    public bool BeginsAttempt { get; init; }
}
