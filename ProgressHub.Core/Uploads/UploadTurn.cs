namespace ProgressHub.Core.Uploads;

/// <summary>Whose turn it is to write an upload. A single node keeps no account of it.</summary>
/// <param name="Writer">The node that writes; null where nobody does.</param>
/// <param name="Number">How often somebody began: what an earlier one writes to the store does not count.</param>
/// <param name="IsWanted">Whether another node waits for it.</param>
internal readonly record struct UploadTurn(string? Writer, long Number, bool IsWanted);
