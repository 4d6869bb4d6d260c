using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

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

    /// <summary>How its file was read; null as long as no question has had it read.</summary>
    public TableReading? Reading { get; init; }

    /// <summary>The id that a client chose for it; null for one that was made without.</summary>
    public string? Chosen { get; init; }

    /// <summary>The upload that its table came from, where its client named it.</summary>
    public string? File { get; init; }

    /// <summary>Up to where its log was cleared; null where it never was.</summary>
    public ClearedLog? Cleared { get; init; }

    /// <summary>The tag of a session's questions.</summary>
    public static string TagOf(string id) => $"session:{id}";
}

/// <summary>Up to where a session's log was cleared: what is older is not shown with the session; the jobs keep it.</summary>
/// <param name="JobId">The newest job then.</param>
/// <param name="Seq">Its last event then.</param>
/// <param name="At">When that job was submitted; what was submitted before is cleared whole.</param>
public sealed record ClearedLog(string JobId, long Seq, DateTimeOffset At);
