using System.Globalization;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Workloads.AspNetCore.Knowledge;

/// <summary>What is in a collection, and what is found in it.</summary>
internal static class ContentsEndpoint
{
    private const string Json = "application/json";
    private const string Text = "text/plain";
    private const int DefaultDocuments = 100;
    private const int MaxDocuments = 1000;
    private const int DefaultHits = 10;
    private const int MaxHits = 50;

    private static readonly Problem NoDocument =
        Problem.Of(StatusCodes.Status404NotFound, "document_not_found", "There is no such document.");

    private static readonly Problem NoPassage = Problem.Of(
        StatusCodes.Status404NotFound, "passage_not_found",
        "There is no such passage; its document may have been taken in again, or removed.");

    public static async Task<Results<Ok<DocumentList>, ProblemResult>> ListAsync(
        string id, ClaimsPrincipal user, KnowledgeLibrary library, string? after, int? limit, CancellationToken aborted)
    {
        var count = Parameters.Number(nameof(limit), limit, DefaultDocuments, 1, MaxDocuments);
        var cursor = Parameters.Text(nameof(after), after);

        // One more than asked for tells whether there is a next page.
        if (await library.ListDocumentsAsync(user.Owner(), id, cursor, count + 1, aborted) is not { } documents)
            return new ProblemResult(CollectionsEndpoint.NoCollection);
        return TypedResults.Ok(new DocumentList([.. documents.Take(count)], documents.Count > count ? documents[count - 1].Id : null));
    }

    public static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id, string documentId, ClaimsPrincipal user, KnowledgeLibrary library, CancellationToken aborted)
    {
        if (await library.FindAsync(user.Owner(), id, aborted) is null)
            return new ProblemResult(CollectionsEndpoint.NoCollection);
        return await library.DeleteDocumentAsync(user.Owner(), id, documentId, aborted)
            ? TypedResults.NoContent()
            : new ProblemResult(NoDocument);
    }

    public static async Task<IResult> GetPassageAsync(
        string id, string passageId, HttpContext context, ClaimsPrincipal user, KnowledgeLibrary library, CancellationToken aborted)
    {
        if (!long.TryParse(passageId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await library.FindPassageAsync(user.Owner(), id, number, aborted) is not { } passage)
        {
            return new ProblemResult(
                await library.FindAsync(user.Owner(), id, aborted) is null ? CollectionsEndpoint.NoCollection : NoPassage);
        }

        // Whoever's text it is, a browser that opens it runs nothing.
        SecurityHeaders.Sandbox(context);
        context.Response.Headers.Vary = "Accept";
        return ContentNegotiation.Choose(context.Request, Json, Text) switch
        {
            Json => TypedResults.Json(passage, CollectionJson.Default.Passage),
            Text => TypedResults.Text(passage.Text, Text, Encoding.UTF8),
            _ => new ProblemResult(Problem.Of(
                StatusCodes.Status406NotAcceptable, "not_acceptable", $"A passage is {Json} or {Text}.", "Accept")),
        };
    }

    public static async Task<Results<Ok<SearchHitList>, ProblemResult>> SearchAsync(
        string id, ClaimsPrincipal user, KnowledgeLibrary library, string? q, int? limit, CancellationToken aborted)
    {
        var question = Parameters.Text(nameof(q), q?.Trim())
            ?? throw Parameters.Refuse("invalid_parameter", "'q' is missing: what to search for.", nameof(q));
        var count = Parameters.Number(nameof(limit), limit, DefaultHits, 1, MaxHits);
        return await library.SearchAsync(user.Owner(), id, question, count, aborted) is { } hits
            ? TypedResults.Ok(new SearchHitList(hits))
            : new ProblemResult(CollectionsEndpoint.NoCollection);
    }
}
