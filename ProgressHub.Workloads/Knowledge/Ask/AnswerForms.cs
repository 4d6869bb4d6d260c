using System.Text;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>The forms of an answer: everything as JSON, or what a person reads as Markdown.</summary>
internal static class AnswerForms
{
    private const string MarkdownType = "text/markdown; charset=utf-8";

    // The first is how it is kept.
    public static readonly IReadOnlyList<ResultForm> All = [new("json", "application/json"), new("markdown", MarkdownType)];

    public static ResultDocument Json(AskResult result) => new(
        All[0].ContentType, "answer.json", JsonSerializer.SerializeToUtf8Bytes(result, KnowledgeJson.Readable.AskResult));

    /// <summary>The answer, and below it what it rests on; no more of a link or an image in it than in the answer.</summary>
    public static ResultDocument Markdown(ResultDocument json)
    {
        var result = JsonSerializer.Deserialize(json.Body.Span, KnowledgeJson.Default.AskResult)!;
        var text = new StringBuilder(result.Answer.TrimEnd()).Append('\n');
        if (result.Citations.Count > 0)
            text.Append("\n---\n\n");
        foreach (var citation in result.Citations)
        {
            var title = citation.Heading is null || citation.Heading == citation.Title ? citation.Title : $"{citation.Title}, {citation.Heading}";
            text.Append('[').Append(citation.N).Append("] ").Append(AnswerSanitizer.Clean(title, result.Citations.Count)).Append(Place(citation)).Append("  \n");
        }

        return new ResultDocument(MarkdownType, "answer.md", Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Place(Citation citation) => citation switch
    {
        { Page: { } page } => $", page {page}",
        { Line: { } line } => $", line {line}",
        _ => "",
    };
}
