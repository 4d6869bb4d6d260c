namespace ProgressHub.Core.Storage.Backups;

/// <summary>Something in a data directory that is not as it was written.</summary>
/// <param name="File">The file, by its name in the data directory.</param>
/// <param name="Job">The id of the job that is hurt; null where it is none's, or nobody can tell.</param>
/// <param name="Text">What is wrong, for a person.</param>
public sealed record DataFinding(string File, string? Job, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Job is null ? $"{File}: {Text}" : $"{File}: job {Job}: {Text}";
}
