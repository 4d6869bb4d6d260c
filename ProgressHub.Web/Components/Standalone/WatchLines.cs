using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Logs;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Standalone;

/// <summary>
/// The last lines of a job's log as the page comes with them: they are there before any script is, and the page's script goes
/// on from them. They look as that one makes them.
/// </summary>
internal static class WatchLines
{
    /// <summary>How many events from the end are looked through.</summary>
    public const int Depth = 60;

    private const int Most = 20;

    /// <summary>The lines among events of a job of that kind, as items of a list.</summary>
    public static string Of(string kind, IEnumerable<JobEvent> events)
    {
        var html = new StringBuilder();
        foreach (var line in events.OfType<LogEvent>().TakeLast(Most))
            Append(html, line.Said(kind));
        return html.ToString();
    }

    private static void Append(StringBuilder html, LogEvent line)
    {
        var (level, glyph, name) = line.Level switch
        {
            JobLogLevel.Success => ("success", "✓", UiText.Of("Success")),
            JobLogLevel.Warning => ("warning", "!", UiText.Of("Warning")),
            JobLogLevel.Error => ("error", "✕", UiText.Of("Error")),
            _ => ("info", "i", UiText.Of("Information")),
        };
        html.Append(CultureInfo.InvariantCulture, $"<li data-seq=\"{line.Seq}\" data-level=\"{level}\"><span class=\"icon\" aria-hidden=\"true\">{glyph}</span>");
        Span("visually-hidden", $"{name}: ");
        if (line.Step is { } step)
            Span("step", line.TotalSteps is { } total ? string.Create(CultureInfo.InvariantCulture, $"{step}/{total}") : step.ToString(CultureInfo.InvariantCulture));
        html.Append("<span class=\"text\" dir=\"auto\">").Append(Encode(string.Concat(AnsiText.Parse(line.Message).Select(span => span.Text)))).Append("</span>");
        Span("at", line.DurationMs is { } took ? UiText.Of("took {0}", Duration(took)) : Duration(line.ElapsedMs));
        html.Append("</li>");

        void Span(string kind, string text) => html.Append(CultureInfo.InvariantCulture, $"<span class=\"{kind}\">{Encode(text)}</span>");
    }

    private static string Duration(long milliseconds) =>
        milliseconds < 1000 ? UiText.Of("{0} ms", milliseconds) : Durations.Whole(Math.Round(milliseconds / 1000.0, MidpointRounding.AwayFromZero) * 1000);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
