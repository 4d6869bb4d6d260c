using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>What an ask job comes to.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">The answer in Markdown without links, images and HTML; <c>[1]</c> is the first citation.</param>
/// <param name="Language"><c>en</c> or <c>zh</c>.</param>
/// <param name="Engine">What wrote it.</param>
/// <param name="Found">Whether anything was found to answer from.</param>
/// <param name="Confidence">How well what was found fits the question.</param>
/// <param name="Citations">The passages it was written from, best first.</param>
internal sealed record AskResult(
    string Question, string Answer, string Language, string Engine, bool Found, Confidence Confidence, IReadOnlyList<Citation> Citations);

/// <summary>How well the passages fit the question, not how true the answer is.</summary>
/// <param name="Value">0..1: the best passage's score; 1 where the question names it, 0 where nothing was found.</param>
/// <param name="Meaning">The same in words.</param>
internal sealed record Confidence(double Value, string Meaning);

/// <summary>A passage that an answer rests on.</summary>
/// <param name="N">Its mark in the answer is <c>[n]</c>.</param>
/// <param name="PassageId">The passage.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Heading">What it stands under; null for nothing.</param>
/// <param name="Quote">Its text: data, never markup.</param>
/// <param name="Score">How well it fits the question, 0..1.</param>
/// <param name="Url">Opens it.</param>
internal sealed record Citation(
    int N, long PassageId, string DocumentId, string Title, string? Heading, string Quote, double Score, string Url)
{
    /// <summary>The page or slide it stands on, from 1; null where its document has none.</summary>
    public int? Page { get; init; }

    /// <summary>The line of the file, or the row of the sheet, in which it begins, from 1; null where that means nothing.</summary>
    public int? Line { get; init; }

    public static Citation Of(int n, string collection, FoundPassage found) => new(
        n, found.Passage.Id, found.Passage.DocumentId, found.Passage.Title, found.Passage.Heading, found.Passage.Text,
        Math.Round(found.Score, 3), $"/api/collections/{collection}/passages/{found.Passage.Id}")
    {
        Page = found.Passage.Page, Line = found.Passage.Line,
    };
}

/// <summary>The first piece of an ask job: what was found, before a word is written.</summary>
/// <param name="Citations">The passages, best first.</param>
/// <param name="Confidence">How well they fit.</param>
internal sealed record FoundPassages(IReadOnlyList<Citation> Citations, Confidence Confidence);
