using System.Collections.Frozen;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Localization;

/// <summary>
/// What the built-in workloads say on their way, their messages and log lines: they come in English, and are shown in the
/// reader's language by the form they have. What is in their places (names, numbers, an engine's own words) stays as it is, and so does
/// whatever a workload of somebody's own says.
/// </summary>
internal static class ServerMessages
{
    private static readonly FrozenSet<string> Kinds =
        FrozenSet.Create(StringComparer.Ordinal, "analysis", "ask", "ingest", "rebuild", "transcription", "translation");

    private static readonly string[] Forms =
    [
        // Files, and operations that cannot say how far they are.
        UiText.Key("Received {0}"),
        UiText.Key("Receiving {0}"),
        UiText.Key("Working"),
        UiText.Key("Still working"),
        UiText.Key("Nearly done"),
        UiText.Key("Taking longer than usual"),

        // Translation.
        UiText.Key("{0} characters of {1} in {2} batches; engine: {3}"),
        UiText.Key("Restored {0} of {1} batches"),
        UiText.Key("The earlier batches don't fit this cut of the text; all are done again"),
        UiText.Key("Batch {0} failed: {1}"),
        UiText.Key("Batch {0} waits {1} s and tries again: {2}"),
        UiText.Key("Completed batch {0}/{1}"),
        UiText.Key("{0} of {1} batches translated"),

        // Transcription.
        UiText.Key("Engine: {0}"),
        UiText.Key("Engine: {0}, model {1}"),
        UiText.Key("Restored {0} segments"),
        UiText.Key("The audio is converted already"),
        UiText.Key("Converting"),
        UiText.Key("Looking at the waveform"),
        UiText.Key("{0}, {1}, read directly"),
        UiText.Key("{0}, {1}, read by ffmpeg"),
        UiText.Key("The file breaks off before the end that its header promises"),
        UiText.Key("The file breaks off: it promises {0} and has {1}"),
        UiText.Key("The channels cancel each other out; they are not simply added"),
        UiText.Key("All channels are the same; they are heard together"),
        UiText.Key("The recording has one channel; there is nothing to hear apart"),
        UiText.Key("The recording has too many channels to hear each apart"),
        UiText.Key("Heard {0} of {1}"),
        UiText.Key("Waits {0} s and tries again: {1}"),
        UiText.Key("No speech was recognised"),
        UiText.Key("No speech was recognised: the recording is silent (its loudest moments are at {0} dB)"),
        UiText.Key("{0} of audio, 1 segment with words"),
        UiText.Key("{0} of audio, {1} segments with words"),

        // Documents of a collection.
        UiText.Key("Read {0}"),
        UiText.Key("Reading {0}"),
        UiText.Key("{0} documents; vectors: {1}"),
        UiText.Key("{0} is not UTF-8; it was read as {1}"),
        UiText.Key("{0} documents were done before"),
        UiText.Key("{0} of {1} passages"),
        UiText.Key("{0} passages can be found"),
        UiText.Key("{0} new, {1} replaced, {2} unchanged, {3} failed; {4} passages can be found"),
        UiText.Key("{0} passages were embedded before"),
        UiText.Key("{0} passages are searched by {1} from now on"),

        // Questions over tables.
        UiText.Key("Reading rows"),
        UiText.Key("Finding out the types of its columns"),
        UiText.Key("Processing question: \"{0}\""),
        UiText.Key("Processing query: {0}"),
        UiText.Key("Processing search: \"{0}\""),
        UiText.Key("Plan ({0}): {1}"),
        UiText.Key("Checking cache for similar analyses"),
        UiText.Key("Cache miss - proceeding with analysis"),
        UiText.Key("Found cached result - returning"),
        UiText.Key("Cache check failed - proceeding with analysis"),
        UiText.Key("Query expanded: {0}"),
        UiText.Key("Query expanded: '{0}' means {1}"),
        UiText.Key("Context search failed: {0}"),
        UiText.Key("The answer can't be remembered; the same question will be worked out again"),
        UiText.Key("Analysis request completed successfully"),
        UiText.Key("Analysis results ready for display"),
        UiText.Key("Query not specific enough"),
        UiText.Key("Session created"),
        UiText.Key("Session \"{0}\" over {1}"),
        UiText.Key("Adding message to chat history"),
        UiText.Key("Message logged"),
        UiText.Key("Sample table: {0}"),
        UiText.Key("Table {0}: {1} rows of {2} columns ({3})"),
        UiText.Key("Received {0}, {1} KB"),
        UiText.Key("Searching for contextual information"),
        UiText.Key("Context search completed in {0}s"),
        UiText.Key("Similar ({0}): {1}"),
        UiText.Key("The model's queries can't be used; planning by rules"),
        UiText.Key("{0} It is asked again in {1} s."),
        UiText.Key("The model's query is not taken: it {0}"),
        UiText.Key("The model's query was refused: it {0}"),
        UiText.Key("The model takes no functions; it plans from the table's columns"),
        UiText.Key("The model looks something up ({0} of {1}): {2}"),
        UiText.Key("Waiting for user confirmation: {0}"),
        UiText.Key("Running the query in the sandbox"),
        UiText.Key("Running the query"),
        UiText.Key("Still running the query"),
        UiText.Key("The query gave {0} rows"),
        UiText.Key("The query gave {0} rows; there are more, which were left out"),
        UiText.Key("Query execution completed successfully"),
        UiText.Key("Query results ready for display"),
        UiText.Key("Search request completed successfully"),
        UiText.Key("Search results ready for display"),

        // Questions over documents, which are told in the language of the question.
        UiText.Key("Getting ready…"),
        UiText.Key("Mapping the deity's identifier…"),
        UiText.Key("Reading the verse…"),
        UiText.Key("Reading the passages…"),
        UiText.Key("Bringing the verse and the question together…"),
        UiText.Key("Bringing the passages and the question together…"),
        UiText.Key("Writing the answer…"),
        UiText.Key("The answer is written…"),
        UiText.Key("The answer is complete."),
        UiText.Key("The earlier answer broke off; it begins again."),
        UiText.Key("Looking for the verses of {0}…"),
        UiText.Key("Opening the collection “{0}”…"),
        UiText.Key("Looking up {0}…"),
        UiText.Key("Searching for passages…"),
        UiText.Key("Found no passage that fits"),
        UiText.Key("Found the verse of {0}"),
        UiText.Key("Found 1 passage"),
        UiText.Key("Found {0} passages"),
        UiText.Key("[{0}] {1} (fits {2})"),
        UiText.Key("Searches again ({0} of {1}): {2}"),
        UiText.Key("Found nothing new"),
        UiText.Key("Found 1 more passage"),
        UiText.Key("Found {0} more passages"),
        UiText.Key("The model takes no functions; it answers from what was found."),
        UiText.Key("{0} begins to answer…"),
        UiText.Key("📡 Asking for the passages' vectors…"),
        UiText.Key("🧮 Making the query's vector…"),
        UiText.Key("🔎 Searching for what is near…"),
        UiText.Key("🧠 Waiting for the language model…"),
        UiText.Key("📖 Reading the verse…"),
        UiText.Key("📖 Reading the passages…"),
        UiText.Key("🚀 {0} is under way… (just begun)"),
        UiText.Key("⚡ {0} is under way… (going well)"),
        UiText.Key("⏰ {0} is under way… (a little longer than expected)"),
    ];

    // The one that says most comes first: "{0} of {1} batches translated" before what would take anything.
    private static readonly MessageForm[] ByLength = [.. Forms.Select(form => new MessageForm(form)).OrderByDescending(form => form.Length)];

    /// <summary>The forms of what a job of that kind says; none where it is a workload of somebody's own.</summary>
    public static IReadOnlyList<string> FormsOf(string kind) => Kinds.Contains(kind) ? Forms : [];

    /// <summary>What a job says now, in the reader's language.</summary>
    public static string? Said(this JobSnapshot job) => job.Message is { } message ? Of(job.Kind, message) : null;

    /// <summary>A line of a job's log in the reader's language; the same line where it has none in it.</summary>
    public static LogEvent Said(this LogEvent line, string? kind) =>
        Of(kind, line.Message) is var said && said == line.Message ? line : line with { Message = said };

    /// <summary>A message of a job of that kind in the reader's language, or as it is.</summary>
    public static string Of(string? kind, string message)
    {
        if (UiText.IsSource || kind is null || !Kinds.Contains(kind))
            return message;
        if (UiText.Of(message) is var whole && whole != message)
            return whole;
        foreach (var form in ByLength)
        {
            if (form.TryRead(message) is { } values)
                return UiText.Of(form.Text, [.. values.Select(Reason)]);
        }

        // A document that failed is told by its id and the reason.
        return message.IndexOf(": ", StringComparison.Ordinal) is > 0 and var at ? $"{message[..(at + 2)]}{Reason(message[(at + 2)..])}" : message;
    }

    // A sentence is why something was refused, which has words of its own, as an engine has; no other name is one.
    private static object? Reason(object? value) => value is string text ? Reason(text) : value;

    private static string Reason(string text) => text.EndsWith('.') ? UiText.Of(text) : ServerWords.Engine(text);
}
