using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Web.Components.Collections;

/// <summary>What became of the documents of a job that fills a collection, one by one.</summary>
public sealed partial class IngestView
{
    private static readonly string TagPrefix = KnowledgeLibrary.TagOf("");

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>The last of its pieces, each a document.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PartialEvent> Items { get; set; } = [];

    /// <summary>Whether there are pieces before those.</summary>
    [Parameter]
    public bool CanShowEarlier { get; set; }

    /// <summary>Asks for the pieces before those.</summary>
    [Parameter]
    public EventCallback OnShowEarlier { get; set; }

    // A person may have given tags of that look too; whatever is no id is no address.
    private string? CollectionId => Job.Tags
        .Where(tag => tag.StartsWith(TagPrefix, StringComparison.Ordinal))
        .Select(tag => tag[TagPrefix.Length..])
        .FirstOrDefault(id => id.Length > 0 && id.All(char.IsAsciiHexDigitLower));
}
