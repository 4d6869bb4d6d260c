using System.Runtime.CompilerServices;
using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Chunking;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>Answers without a model: quotes what fits best, and says that it does no more than that.</summary>
internal sealed class ExtractiveAnswerer : IAnswerer
{
    public const string Name = "extractive";
    private const int MostQuotes = 3;

    // A passage up to this long is quoted whole.
    private const int WholeCharacters = 700;
    private const int QuoteCharacters = 400;

    public string Id => Name;

    public EngineStatus Status { get; } = new(Name, "Extractive (built in: quotes the best passages)", Ready: true);

    public string? Missing(string? model, string? apiKey) => null;

    public async IAsyncEnumerable<string> AnswerAsync(
        AnswerOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return $"{new AskPhrases(order.Language).Quotes}\n";

        // What the question names is the answer; the others are there to be opened.
        var quoted = order.Passages.All[0].Named ? order.Passages.All.TakeWhile(p => p.Named) : order.Passages.All;
        foreach (var (index, found) in quoted.Take(MostQuotes).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Quote(index + 1, found.Passage.Title, found.Passage.Text, order.Question);
        }
    }

    private static string Quote(int n, string title, string passage, string question)
    {
        var text = passage.Length <= WholeCharacters ? passage : Best(passage, question);
        var quote = new StringBuilder($"\n**{title}** [{n}]\n\n");
        foreach (var line in text.Split('\n'))
            quote.Append(line.Length > 0 ? "> " : ">").Append(line).Append(line.Length > 0 ? "  \n" : "\n");
        return quote.ToString();
    }

    /// <summary>The neighbouring sentences that have most of the question's words.</summary>
    private static string Best(string passage, string question)
    {
        var wanted = Tokenizer.Terms(question).ToHashSet(StringComparer.Ordinal);
        var sentences = Chunker.Sentences(passage).ToList();
        var hits = sentences.Select(s => Tokenizer.Terms(s).Where(wanted.Contains).Distinct().Count()).ToList();
        var (best, most) = ("", -1);
        for (var from = 0; from < sentences.Count; from++)
        {
            var to = from;
            for (var length = 0; to < sentences.Count && (to == from || length + sentences[to].Length <= QuoteCharacters); to++)
                length += sentences[to].Length;
            var sum = hits.Skip(from).Take(to - from).Sum();
            if (sum > most)
                (best, most) = ($"{(from > 0 ? "… " : "")}{string.Concat(sentences.Skip(from).Take(to - from)).Trim()}{(to < sentences.Count ? " …" : "")}", sum);
        }

        return best;
    }
}
