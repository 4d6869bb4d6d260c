using ProgressHub.Core.Workloads.Analysis.Results;

namespace ProgressHub.Core.Workloads.Analysis.Sessions;

/// <summary>A conversation over one table. Its questions are jobs of kind <c>analysis</c> with the tag <see cref="Tag"/>.</summary>
/// <param name="Id">Its identity: 32 lower-case hexadecimal digits.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Sample">The sample it is about; null where it is about a file of the user's.</param>
/// <param name="DataName">What the table is called.</param>
/// <param name="DataId">The SHA-256 of its file.</param>
/// <param name="Data">The table; null as long as no question has had it read.</param>
/// <param name="Warnings">What was not as it should be in the file.</param>
/// <param name="Suggestions">Questions that it could be asked.</param>
/// <param name="Choices">What the user has said of unclear words: a term and the column it means.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UsedAt">When it was last asked something.</param>
public sealed record AnalysisSession(
    string Id, string Name, string? Sample, string DataName, string DataId, DataView? Data, IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Suggestions, IReadOnlyDictionary<string, string> Choices, DateTimeOffset CreatedAt, DateTimeOffset UsedAt)
{
    /// <summary>The tag of its questions.</summary>
    public string Tag => TagOf(Id);

    internal static string TagOf(string id) => $"session:{id}";
}
