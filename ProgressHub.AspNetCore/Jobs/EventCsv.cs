using System.Buffers;
using System.Globalization;
using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>
/// Events as a table (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP,
/// "CSV injection").
/// </summary>
internal static class EventCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n");

    private static readonly string[] Columns =
    [
        "seq", "at", "type", "attempt", "elapsedMs", "stage", "fraction", "level", "index", "ok", "state", "message", "data",
    ];

    public static void WriteHeader(IBufferWriter<byte> target) => WriteLine(target, Columns);

    public static void Write(IBufferWriter<byte> target, EventFrame frame)
    {
        var row = Row.Of(frame.Decode());
        WriteLine(
            target,
            Number(row.Event.Seq), row.Event.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            row.Event.Type, Number(row.Event.Attempt), Number(row.Event.ElapsedMs),
            Text(row.Stage), row.Fraction?.ToString(CultureInfo.InvariantCulture), row.Level,
            row.Index is { } index ? Number(index) : null, row.Ok is { } ok ? (ok ? "true" : "false") : null, row.State,
            Text(row.Message), Text(row.Data));
    }

    /// <summary>A text that no spreadsheet takes for a formula.</summary>
    public static string? Text(string? text) =>
        text is { Length: > 0 } && Formula.Contains(text[0]) ? $"'{text}" : text;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A line of a table. A text that somebody wrote goes through <see cref="Text"/> before.</summary>
    public static void WriteLine(IBufferWriter<byte> target, params ReadOnlySpan<string?> cells)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                line.Append(',');
            if (cells[i] is { } cell && cell.AsSpan().ContainsAny(Quoted))
                line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else
                line.Append(cells[i]);
        }

        Encoding.UTF8.GetBytes(line.Append("\r\n").ToString(), target);
    }

    private sealed record Row(JobEvent Event)
    {
        public string? Stage { get; private init; }

        public double? Fraction { get; private init; }

        public string? Level { get; private init; }

        public int? Index { get; private init; }

        public bool? Ok { get; private init; }

        public string? State { get; private init; }

        public string? Message { get; private init; }

        public string? Data { get; private init; }

        /// <summary>The row of an event; progress that was reported with it fills what it leaves empty.</summary>
        public static Row Of(JobEvent jobEvent)
        {
            var row = Plain(jobEvent);
            return jobEvent.Progress is { } reported
                ? row with { Stage = row.Stage ?? reported.Stage, Fraction = row.Fraction ?? reported.Fraction }
                : row;
        }

        private static Row Plain(JobEvent jobEvent) => jobEvent switch
        {
            QueuedEvent e => new Row(e) { Message = e.Title },
            StartedEvent e => new Row(e) { Message = e.Engine },
            StageEvent e => new Row(e) { Stage = e.Stage, Index = e.Index, Message = e.Label },
            ProgressEvent e => new Row(e) { Stage = e.Stage, Fraction = e.Fraction, Message = e.Message },
            LogEvent e => new Row(e) { Level = LevelOf(e.Level), Index = e.Step, Message = e.Message },
            PartialEvent e => new Row(e) { Index = e.Index, Ok = e.Ok, Message = e.Text ?? e.Error, Data = e.Data?.GetRawText() },
            UsageEvent e => new Row(e) { Message = string.Create(CultureInfo.InvariantCulture, $"{e.InputTokens} + {e.OutputTokens} tokens in {e.Calls} calls") },
            InputRequiredEvent e => new Row(e) { Message = e.Question },
            InputReceivedEvent e => new Row(e) { Message = e.Answer },
            RetryingEvent e => new Row(e) { Message = e.Reason },
            TagsEvent e => new Row(e) { Message = string.Join(", ", e.Tags) },
            DoneEvent e => new Row(e) { State = e.State.Name(), Message = e.Error?.Message },
            _ => new Row(jobEvent),
        };

        private static string LevelOf(JobLogLevel level) => level switch
        {
            JobLogLevel.Success => "success",
            JobLogLevel.Warning => "warning",
            JobLogLevel.Error => "error",
            _ => "info",
        };
    }
}
