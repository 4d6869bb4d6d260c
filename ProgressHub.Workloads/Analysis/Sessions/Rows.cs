namespace ProgressHub.Workloads.Analysis.Sessions;

// What Dapper reads into: names as the columns have them, times in Unix milliseconds.

internal sealed record SessionRow(
    string Id, string Owner, string Name, string DataId, string DataName, string? Sample, string Choices, long CreatedAt, long UsedAt,
    string? Chosen, string? File, string? ClearedJob, long ClearedSeq, long ClearedAt);

internal sealed record AnswerRow(
    string JobId, string Owner, string? SessionId, string DataId, string Engine, string Normalized, string Question,
    string Embedder, byte[] Embedding, string Choices, byte[] Result, long AnsweredAt);

internal sealed record StoredTableRow(string Id, long Bytes, long UsedAt, bool IsSource);
