using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Workloads.AspNetCore.Knowledge;

/// <summary>The collection endpoints: what they are called, what they take and what they may answer.</summary>
internal static class CollectionEndpoints
{
    public static void MapKnowledge(this IEndpointRouteBuilder routes)
    {
        var collections = routes.MapGroup("/api/collections")
            .WithTag(new ApiTag("Collections", "Documents that questions are asked over."))
            .RequireAuthorization()
            .WithMetadata(NeedsScope.Documents)
            .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()));
        MapCollections(collections);
        MapContents(collections.MapGroup("/{id}"));
    }

    private static void MapCollections(RouteGroupBuilder collections)
    {
        collections.MapGet("", CollectionsEndpoint.ListAsync)
            .Produces<CollectionList>()
            .Describe(
                "listCollections", "Lists the collections you may ask",
                "Those that come with the server (`readOnly`), then your own, oldest first.")
            .Problems(503);
        collections.MapPost("", CollectionsEndpoint.CreateAsync)
            .Accepts<CollectionBody>("application/json")
            .Produces<Collection>(StatusCodes.Status201Created)
            .Describe(
                "createCollection", "Makes an empty collection",
                "Fill it with a job of kind `ingest`. `embedding` says what makes its vectors: `minilm` or `hashed` (built in), or " +
                "`openai`.")
            .Problems(400, 413, 415, 422, 503);
        collections.MapGet("/{id}", CollectionsEndpoint.GetAsync)
            .Produces<Collection>()
            .Describe("getCollection", "A collection, with how much is in it", "Somebody else's is answered like one that is not there.")
            .Problems(404, 503);
        collections.MapDelete("/{id}", CollectionsEndpoint.DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("deleteCollection", "Deletes a collection with all that is in it", "A bundled one can't be deleted.")
            .Problems(404, 422, 503);
        collections.MapPost("/{id}/rebuild", RebuildEndpoint.SubmitAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<RebuildBody>(isOptional: true, "application/json")
            .Produces<JobSnapshot>(StatusCodes.Status202Accepted)
            .Describe(
                "rebuildCollection", "Makes the vectors of a collection anew",
                "A job of kind `rebuild`, answered with its snapshot. The collection is searched by its old vectors, and takes " +
                "documents in, until the new ones are whole. `better` of a collection says where that is worth it.")
            .Problems(400, 409, 413, 415, 422, 429, 503);
    }

    private static void MapContents(RouteGroupBuilder collection)
    {
        collection.MapGet("/documents", ContentsEndpoint.ListAsync)
            .Produces<DocumentList>()
            .Describe(
                "listDocuments", "A page of the documents in a collection",
                "By id; `next` is the `after` of the page after this one. `limit` is 1 to 1000, 100 by default.")
            .Problems(400, 404, 503);
        collection.MapDelete("/documents/{documentId}", ContentsEndpoint.DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("deleteDocument", "Removes a document from a collection", "It is found no more once this is answered.")
            .Problems(404, 422, 503);
        collection.MapGet("/passages/{passageId}", ContentsEndpoint.GetPassageAsync)
            .Produces<Passage>()
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Describe(
                "getPassage", "A passage, as a citation names it",
                "By `Accept`: JSON, or its text alone (`text/plain`). A document that is taken in again has new passages.")
            .Problems(404, 406, 503);
        collection.MapGet("/search", ContentsEndpoint.SearchAsync)
            .Produces<SearchHitList>()
            .Describe(
                "searchCollection", "The passages that would answer a question",
                "Without an answer: words (BM25) and vectors, fused by rank; those that `q` names, such as by their number, " +
                "come first. `limit` is 1 to 50, 10 by default.")
            .Problems(400, 404, 422, 503);
    }
}
