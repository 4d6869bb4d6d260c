namespace ProgressHub.Workloads.Knowledge.Ingest;

/// <summary>What became of one document.</summary>
/// <param name="Id">Its id, or what to call it where it could not be read.</param>
/// <param name="Status"><c>indexed</c>, <c>replaced</c>, <c>unchanged</c> or <c>failed</c>.</param>
/// <param name="Title">Its title; null where it could not be read.</param>
/// <param name="Passages">How many passages it was cut into; null where nothing was done.</param>
/// <param name="Code">Where it failed: a stable identifier.</param>
/// <param name="Message">Where it failed: why, for a person.</param>
internal sealed record IngestedDocument(
    string Id, string Status, string? Title = null, int? Passages = null, string? Code = null, string? Message = null)
{
    /// <summary>How its file is encoded, where that is not UTF-8.</summary>
    public string? Encoding { get; init; }

    public const string Indexed = "indexed";
    public const string Replaced = "replaced";
    public const string Unchanged = "unchanged";
    public const string Failed = "failed";
}

/// <summary>What became of all.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Documents">How many documents there were.</param>
/// <param name="Indexed">How many were new.</param>
/// <param name="Replaced">How many took the place of one with their id.</param>
/// <param name="Unchanged">How many were as before, and passed over.</param>
/// <param name="Failed">How many could not be taken in.</param>
/// <param name="Passages">How many passages the new and the replaced ones were cut into.</param>
/// <param name="Failures">Those that failed, at most 1,000.</param>
internal sealed record IngestResult(
    string Collection, int Documents, int Indexed, int Replaced, int Unchanged, int Failed, int Passages,
    IReadOnlyList<IngestedDocument> Failures)
{
    private const int MostFailures = 1000;

    public static IngestResult Of(string collection, IReadOnlyCollection<IngestedDocument> documents) => new(
        collection, documents.Count, Count(documents, IngestedDocument.Indexed), Count(documents, IngestedDocument.Replaced),
        Count(documents, IngestedDocument.Unchanged), Count(documents, IngestedDocument.Failed), documents.Sum(d => d.Passages ?? 0),
        [.. documents.Where(d => d.Status == IngestedDocument.Failed).Take(MostFailures)]);

    private static int Count(IReadOnlyCollection<IngestedDocument> documents, string status) => documents.Count(d => d.Status == status);
}
