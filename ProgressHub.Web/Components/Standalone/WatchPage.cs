using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Standalone;

/// <summary>Fills a job's state into the template. Whatever a job says is text here, never markup.</summary>
internal static class WatchPage
{
    // 0.29 * 100 is a little less than 29; yet 100 is only for what has succeeded.
    private const double RoundingError = 1e-9;
    private const string TextMark = "t:";
    private const string Refresh = "<meta http-equiv=\"refresh\" content=\"5\">";

    // The page is UTF-8: only what could be markup is written in another way.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Replaces each <c>{{name}}</c>, once: what a job says is not searched for names.</summary>
    public static string Fill(string template, JobSnapshot snapshot, string label, bool mayManage = true, string lines = "")
    {
        var parts = template.Split("{{");
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf("}}", StringComparison.Ordinal);
            var value = end < 0 ? null : ValueOf(parts[i][..end].Trim(), snapshot, label, mayManage, lines);
            parts[i] = value is null ? "{{" + parts[i] : value + parts[i][(end + 2)..];
        }

        return string.Concat(parts);
    }

    private static string? ValueOf(string name, JobSnapshot snapshot, string label, bool mayManage, string lines) => name switch
    {
        "language" => UiText.LanguageOf(CultureInfo.CurrentUICulture),
        _ when name.StartsWith(TextMark, StringComparison.Ordinal) => Encode(UiText.Of(name[TextMark.Length..])),
        "refusals" => Encode(WatchTexts.Refusals()),
        "texts" => Encode(WatchTexts.Words()),
        "messages" => Encode(WatchTexts.Messages(snapshot.Kind)),
        "refresh" => snapshot.IsFinal ? "" : Refresh,
        "may" => mayManage ? "manage" : "read",
        "jobId" => Encode(snapshot.JobId.ToString()),
        "title" => Encode(snapshot.Title),
        "kind" => Encode(snapshot.Kind),
        "label" => Encode(label),
        "state" => Encode(snapshot.State.Name()),
        "standing" => Encode(snapshot.Standing()),
        "outcome" => Encode(snapshot.Outcome ?? ""),
        "lines" => lines,
        "unlogged" => lines.Length == 0 ? "hidden" : "",
        "percent" => ((int)((snapshot.Fraction * 100) + RoundingError)).ToString(CultureInfo.InvariantCulture),
        "message" => Encode(snapshot.Error is { } error ? RefusalTexts.Of(error) : snapshot.PendingInput?.Question ?? snapshot.Said() ?? ""),
        "stage" => Encode(LabelOf(snapshot)),
        "elapsed" => Elapsed(snapshot.ElapsedMs),
        _ => null,
    };

    private static string LabelOf(JobSnapshot snapshot) =>
        snapshot.Stages.FirstOrDefault(s => s.Name == snapshot.Stage) is { } stage ? UiText.Of(stage.Label) : snapshot.Stage ?? "";

    // The two largest units, as the page's own script writes them.
    private static string Elapsed(long milliseconds)
    {
        var elapsed = TimeSpan.FromMilliseconds(Math.Max(1000, milliseconds));
        var hours = (int)elapsed.TotalHours;
        return (hours, elapsed.Minutes, elapsed.Seconds) switch
        {
            ( > 0, 0, _) => UiText.Of("{0} h", hours),
            ( > 0, _, _) => UiText.Of("{0} h {1} min", hours, elapsed.Minutes),
            (_, 0, _) => UiText.Of("{0} s", elapsed.Seconds),
            (_, _, 0) => UiText.Of("{0} min", elapsed.Minutes),
            _ => UiText.Of("{0} min {1} s", elapsed.Minutes, elapsed.Seconds),
        };
    }

    private static string Encode(string text) => Html.Encode(text);
}
