namespace ProgressHub.Core.Jobs;

/// <summary>
/// The store is closed for good, with its server: nothing of the write has happened, and trying again is in vain. What is
/// on disk goes on with the next start.
/// </summary>
public sealed class StorageClosedException(string message) : StorageUnavailableException(message);
