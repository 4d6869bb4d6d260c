namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>How a format writes words that can't stand in it plainly: a string of JSON, of a PO catalogue, of YAML.</summary>
/// <param name="Read">The words of what is written; null where it can't be read, and is left alone.</param>
/// <param name="Write">What stands in the file for words, in the place of what was written there before.</param>
internal sealed record Escaping(Func<string, string?> Read, Func<string, string, string> Write)
{
    /// <summary>Whether a part of what is written is written the same way: not what has quotes around it.</summary>
    public bool CanCut { get; init; }
}
