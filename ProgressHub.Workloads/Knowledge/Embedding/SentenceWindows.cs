using ProgressHub.Workloads.Knowledge.Chunking;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>Cuts the English of a passage into each two neighbouring sentences, below its title.</summary>
internal static class SentenceWindows
{
    /// <summary>How many windows of one passage are read at most; a longer one has wider ones.</summary>
    public const int Most = 10;

    private const int Sentences = 2;

    /// <summary>The windows; none where there is no English.</summary>
    public static IReadOnlyList<string> Of(TitledText passage)
    {
        if (EnglishText.Of(passage.Text) is not { } english)
            return [];
        var sentences = Chunker.Sentences(english).Select(s => s.Trim()).Where(s => s.Any(char.IsLetter)).ToList();
        var width = Math.Max(Sentences, (sentences.Count + Most - 1) / Most);
        var step = sentences.Count <= Most ? 1 : width;
        return [.. Starts(sentences.Count, width, step).Select(from =>
            $"{passage.Title}\n{string.Join(' ', sentences.Skip(from).Take(width))}")];
    }

    private static IEnumerable<int> Starts(int count, int width, int step)
    {
        for (var from = 0; from < count; from += step)
        {
            yield return from;
            if (from + width >= count)
                yield break;
        }
    }
}
