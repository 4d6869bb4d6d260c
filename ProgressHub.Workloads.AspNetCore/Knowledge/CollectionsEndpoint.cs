using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Workloads.AspNetCore.Knowledge;

/// <summary>Makes, lists and deletes collections.</summary>
internal static class CollectionsEndpoint
{
    /// <summary>There is no such collection, or it is somebody else's.</summary>
    public static Problem NoCollection { get; } =
        Problem.Of(StatusCodes.Status404NotFound, "collection_not_found", "There is no such collection.");

    public static async Task<Ok<CollectionList>> ListAsync(ClaimsPrincipal user, KnowledgeLibrary library, CancellationToken aborted) =>
        TypedResults.Ok(new CollectionList(await library.ListAsync(user.Owner(), aborted)));

    public static async Task<Created<Collection>> CreateAsync(
        HttpRequest request, ClaimsPrincipal user, KnowledgeLibrary library, CancellationToken aborted)
    {
        var body = await JsonBody.ReadAsync(request, CollectionJson.Default.CollectionBody, aborted);
        var collection = await library.CreateAsync(user.Owner(), body.Name, body.Description, body.Embedding, aborted);
        return TypedResults.Created($"/api/collections/{collection.Id}", collection);
    }

    public static async Task<Results<Ok<Collection>, ProblemResult>> GetAsync(
        string id, ClaimsPrincipal user, KnowledgeLibrary library, CancellationToken aborted) =>
        await library.FindAsync(user.Owner(), id, aborted) is { } collection
            ? TypedResults.Ok(collection)
            : new ProblemResult(NoCollection);

    public static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id, ClaimsPrincipal user, KnowledgeLibrary library, CancellationToken aborted) =>
        await library.DeleteAsync(user.Owner(), id, aborted) ? TypedResults.NoContent() : new ProblemResult(NoCollection);
}
