namespace ProgressHub.Core.Workloads;

/// <summary>The folder in which this host keeps its data; a workload keeps its own in a folder of its name below.</summary>
/// <param name="Path">An absolute path; it need not exist yet.</param>
public sealed record DataDirectory(string Path)
{
    /// <summary>How many bytes are to stay free on its disk.</summary>
    public long KeepFreeBytes { get; init; }

    /// <summary>Whether to go on with what can be read of a damaged database, instead of refusing to start.</summary>
    public bool AcceptDataLoss { get; init; }

    /// <summary>The folder of files that all nodes share; null where there is one node.</summary>
    public string? Shared { get; init; }

    /// <summary>The folder of a workload below it.</summary>
    /// <param name="name">A file name, such as <c>knowledge</c>.</param>
    public string Below(string name) => System.IO.Path.Combine(Path, name);
}
