namespace ProgressHub.Core.Jobs;

/// <summary>
/// The store can't take a write now: the disk is full or read-only, the database is down, or its queue is full. Nothing
/// of the write has happened; the same write may succeed later, unless it is a <see cref="StorageClosedException"/>.
/// </summary>
public class StorageUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
