using ProgressHub.Core.Workloads.Knowledge.Documents;

namespace ProgressHub.Core.Workloads.Knowledge.Collections;

/// <summary>A collection in the assembly.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for a person.</param>
/// <param name="Description">What it is about.</param>
internal sealed record BundledSource(string Id, string Name, string Description)
{
    public static readonly IReadOnlyList<BundledSource> All =
    [
        new("guan_yu", "One hundred verses · 百首籤詩", "A numbered deck written for this project, in Traditional Chinese with English. Ask for a verse by its number."),
        new("lighthouse", "The keeper's handbook", "Fifteen short chapters on keeping a lighthouse that never was, in English, written for this project."),
    ];

    /// <summary>Its documents.</summary>
    public IReadOnlyList<SourceDocument> Read()
    {
        using var stream = typeof(KnowledgeOptions).Assembly
            .GetManifestResourceStream($"{typeof(KnowledgeOptions).Namespace}.Samples.{Id}.json")
            ?? throw new InvalidOperationException($"The collection '{Id}' is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. JsonDocuments.Read(Id, reader.ReadToEnd()).Select(item => item.Document
            ?? throw new InvalidOperationException($"The collection '{Id}' is broken at {item.Name}.", item.Fault))];
    }
}
