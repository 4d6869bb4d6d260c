using ProgressHub.Core.Workloads.Knowledge;
using ProgressHub.Core.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Knowledge;

/// <summary>A collection to make.</summary>
/// <param name="Name">What to call it, 1 to 200 characters.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Embedding"><c>hashed</c> or <c>openai</c>; the server's default where it is missing.</param>
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
