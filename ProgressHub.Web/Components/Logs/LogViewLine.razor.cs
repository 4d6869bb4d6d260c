using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Logs;

/// <summary>A row of the log viewer: a line, or a part of one.</summary>
public sealed partial class LogViewLine
{
    /// <summary>The row.</summary>
    [Parameter, EditorRequired]
    public LogViewRow Row { get; set; } = null!;

    /// <summary>Which time stands before it.</summary>
    [Parameter]
    public LogClock Clock { get; set; }

    /// <summary>What is looked for, to be marked.</summary>
    [Parameter]
    public string? Found { get; set; }

    /// <summary>Whether it is the line one has gone to.</summary>
    [Parameter]
    public bool IsAt { get; set; }

    private string Level => Row.Line.Level switch
    {
        JobLogLevel.Success => "success",
        JobLogLevel.Warning => "warning",
        JobLogLevel.Error => "error",
        _ => "info",
    };

    private string? Word => Row.Line.Level == JobLogLevel.Info ? null : L[Row.Line.Level.ToString()];

    private string TimeText => Clock == LogClock.Time
        ? Row.Line.At.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)
        : Durations.Clock(Row.Line.ElapsedMs);

    private IEnumerable<(string Text, string? Style, bool IsFound)> Parts
    {
        get
        {
            foreach (var span in Row.Spans)
            {
                var from = 0;
                while (!string.IsNullOrEmpty(Found)
                    && span.Text.IndexOf(Found, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
                {
                    if (at > from)
                        yield return (span.Text[from..at], span.Style, false);
                    yield return (span.Text[at..(at + Found.Length)], span.Style, true);
                    from = at + Found.Length;
                }

                if (from < span.Text.Length)
                    yield return (span.Text[from..], span.Style, false);
            }
        }
    }
}
