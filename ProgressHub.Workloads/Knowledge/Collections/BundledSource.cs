using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>A collection in the assembly.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for a person.</param>
/// <param name="Description">What it is about.</param>
internal sealed record BundledSource(string Id, string Name, string Description)
{
    public static readonly IReadOnlyList<BundledSource> All =
    [
        new("guan_yu", "One hundred verses · 百首籤詩", "A numbered deck written for this project, in Traditional Chinese with English. Ask for a verse by its number."),
        new("lighthouse", "The keeper's handbook", "Fifteen short chapters on keeping a lighthouse that never was, in English, written for this project.") { IsEnglish = true },
    ];

    /// <summary>
    /// Whether it is worth a model that knows English. Verses that are asked for by their numbers, and in Chinese, are
    /// not: the first question on a fresh server is answered at once.
    /// </summary>
    public bool IsEnglish { get; init; }

    /// <summary>Its documents.</summary>
    public Func<IReadOnlyList<SourceDocument>> Read { get; init; } = () => ReadSample(Id);

    private static IReadOnlyList<SourceDocument> ReadSample(string id)
    {
        using var stream = typeof(KnowledgeOptions).Assembly
            .GetManifestResourceStream($"{typeof(KnowledgeOptions).Namespace}.Samples.{id}.json")
            ?? throw new InvalidOperationException($"The collection '{id}' is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. JsonDocuments.Read(id, reader.ReadToEnd()).Select(item => item.Document
            ?? throw new InvalidOperationException($"The collection '{id}' is broken at {item.Name}.", item.Fault))];
    }
}
