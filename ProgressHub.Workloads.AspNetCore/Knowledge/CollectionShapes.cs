using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Workloads.AspNetCore.Knowledge;

/// <summary>A collection to make.</summary>
/// <param name="Name">What to call it, 1 to 200 characters.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Embedding"><c>minilm</c>, <c>hashed</c> or <c>openai</c>; the server's default where it is missing.</param>
internal sealed record CollectionBody(string Name, string? Description = null, string? Embedding = null);

/// <summary>The collections that the caller may ask.</summary>
/// <param name="Collections">The bundled ones, then the caller's own, oldest first.</param>
internal sealed record CollectionList(IReadOnlyList<Collection> Collections);

/// <summary>A page of documents.</summary>
/// <param name="Documents">The page, by id.</param>
/// <param name="Next">The <c>after</c> of the page after this one; null at the end.</param>
internal sealed record DocumentList(IReadOnlyList<CollectionDocument> Documents, string? Next);

/// <summary>What a search found.</summary>
/// <param name="Hits">Best first; empty where nothing fits.</param>
internal sealed record SearchHitList(IReadOnlyList<SearchHit> Hits);

/// <summary>How a collection is to be made anew.</summary>
/// <param name="Embedding"><c>minilm</c>, <c>hashed</c> or <c>openai</c>; the server's default where it is missing.</param>
/// <param name="ApiKey">A key for the embedding engine. It lives in memory for this job only and is never stored.</param>
internal sealed record RebuildBody(string? Embedding = null, string? ApiKey = null);

/// <summary>The same, as the job's input.</summary>
internal sealed record RebuildOrder(string Collection, string? Embedding, string? ApiKey);
