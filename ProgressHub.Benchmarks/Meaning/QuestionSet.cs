using System.Text.Json;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Benchmarks.Meaning;

/// <summary>Documents, and questions of which it is known what answers them. Written for this project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documents">What is searched; each is one passage.</param>
/// <param name="InOtherWords">Questions in other words than the document's, with the document.</param>
/// <param name="InOwnWords">Questions in its own words.</param>
/// <param name="OffTopic">Questions that nothing answers.</param>
internal sealed record QuestionSet(
    string Name, IReadOnlyList<SourceDocument> Documents, IReadOnlyList<(string Question, string Document)> InOtherWords,
    IReadOnlyList<(string Question, string Document)> InOwnWords, IReadOnlyList<string> OffTopic)
{
    /// <summary>All of them; thresholds were chosen on the first two, and the last was looked at afterwards.</summary>
    public static IReadOnlyList<QuestionSet> All { get; } = [Load("handbook"), Load("manual"), Load("town")];

    private static QuestionSet Load(string name)
    {
        using var stream = typeof(QuestionSet).Assembly.GetManifestResourceStream($"ProgressHub.Benchmarks.Meaning.{name}.json")
            ?? throw new InvalidOperationException($"There is no question set {name}.");
        using var json = JsonDocument.Parse(stream);
        var set = json.RootElement;
        var documents = JsonDocuments.Read(name, set.GetProperty("documents").GetRawText());
        return new QuestionSet(
            name, [.. documents.Select(d => d.Document ?? throw new InvalidOperationException($"{name} is broken at {d.Name}.", d.Fault))],
            Pairs(set.GetProperty("inOtherWords")), Pairs(set.GetProperty("inOwnWords")),
            [.. set.GetProperty("offTopic").EnumerateArray().Select(q => q.GetString()!)]);
    }

    private static IReadOnlyList<(string, string)> Pairs(JsonElement list) =>
        [.. list.EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1].GetString()!))];
}

/// <summary>How many questions of a kind were answered as they should be.</summary>
/// <param name="Right">Those.</param>
/// <param name="All">All.</param>
internal readonly record struct Share(int Right, int All)
{
    public double Percent => 100.0 * Right / All;

    public static Share operator +(Share one, Share other) => new(one.Right + other.Right, one.All + other.All);

    /// <summary>Asks some questions.</summary>
    /// <param name="questions">The questions, each with its document; null where nothing answers it.</param>
    /// <param name="first">Finds the document of the first passage; null where nothing fits.</param>
    /// <param name="wrong">Hears of each that is not answered as it should be: the question, and what was found.</param>
    public static async Task<Share> OfAsync(
        IEnumerable<(string Question, string? Document)> questions, Func<string, Task<string?>> first, Action<string, string?>? wrong = null)
    {
        var (right, all) = (0, 0);
        foreach (var (question, document) in questions)
        {
            var found = await first(question);
            all++;
            if (found == document)
                right++;
            else
                wrong?.Invoke(question, found);
        }

        return new Share(right, all);
    }
}
