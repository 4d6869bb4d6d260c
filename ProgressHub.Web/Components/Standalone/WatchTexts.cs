using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Standalone;

/// <summary>
/// What the script of the page to watch a job in says, in the reader's language: it comes with the page, out of the same
/// resources as the texts of all pages. English comes with nothing, for the script asks by the English words.
/// </summary>
internal static class WatchTexts
{
    private static readonly UiTextJson Json = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

    /// <summary>What the script says by itself.</summary>
    private static readonly string[] Own =
    [
        UiText.Key("Queued"), UiText.Key("Running"), UiText.Key("Needs an answer"), UiText.Key("Canceling"),
        UiText.Key("Succeeded"), UiText.Key("Failed"), UiText.Key("Canceled"), UiText.Key("Stalled"), UiText.Key("No answer"),
        UiText.Key("Succeeded, {0} failed"), UiText.Key("{0} of {1} failed"),
        UiText.Key("{0} ms"), UiText.Key("{0} s"), UiText.Key("{0} min"), UiText.Key("{0} min {1} s"), UiText.Key("{0} h"), UiText.Key("{0} h {1} min"),
        UiText.Key("about {0} left"), UiText.Key("{0} to {1} left"), UiText.Key("{0}, longer than usual"),
        UiText.Key("{0} of {1}"), UiText.Key("{0} + {1} tokens"), UiText.Key("about {0}"), UiText.Key("{0} ({1})"),
        UiText.Key("Information"), UiText.Key("Success"), UiText.Key("Warning"), UiText.Key("Error"), UiText.Key("took {0}"),
        UiText.Key("Results"), UiText.Key("Results so far"), UiText.Key("{0} failed"), UiText.Key("This piece failed."),
        UiText.Key("Answer"), UiText.Key("All done."), UiText.Key("Waiting in the queue, {0} before it."), UiText.Key("Waiting to begin."),
        UiText.Key("Canceling…"), UiText.Key("Cancel the job"), UiText.Key("Stage {0}."), UiText.Key("Stage {0} of {1}: {2}."),
        UiText.Key("Connecting"), UiText.Key("Connected"), UiText.Key("Connected, by polling"), UiText.Key("Reconnecting"),
        UiText.Key("Disconnected"), UiText.Key("Up to date"), UiText.Key("The job could not be canceled"),
        UiText.Key("The answer was not taken"), UiText.Key("This job can no longer be watched: {0}"),
    ];

    /// <summary>Its own texts and the server's words by their English ones, as JSON.</summary>
    public static string Words() => Translated(Own.Concat(ServerWords.All).Concat(ServerWords.Engines));

    /// <summary>The forms of what a job of that kind says on its way, and the sentences that may stand in them, as JSON.</summary>
    public static string Messages(string kind) => Translated(ServerMessages.FormsOf(kind) is { Count: > 0 } forms ? forms.Concat(RefusalTexts.All.Values) : []);

    /// <summary>What the codes of failures mean, as JSON.</summary>
    public static string Refusals() => JsonSerializer.Serialize(RefusalTexts.Translated(), Json.DictionaryStringString);

    private static string Translated(IEnumerable<string> texts) => UiText.IsSource
        ? "{}"
        : JsonSerializer.Serialize(texts.Distinct(StringComparer.Ordinal).ToDictionary(text => text, UiText.Of, StringComparer.Ordinal), Json.DictionaryStringString);
}
