using ProgressHub.Core.Workloads;
namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>A document, or why it could not be read.</summary>
/// <param name="Name">What to call it where it could not be read.</param>
/// <param name="Document">The document; null where it could not be read.</param>
/// <param name="Fault">Why not; null where it could.</param>
internal sealed record ReadItem(string Name, SourceDocument? Document, WorkloadException? Fault)
{
    /// <summary>How its file is encoded, where that is not UTF-8; else null.</summary>
    public string? Encoding { get; init; }

    public static ReadItem Of(SourceDocument document) => new(document.Id, document, null);

    public static ReadItem Failed(string name, WorkloadException fault) => new(name, null, fault);
}
