namespace ProgressHub.Core.Uploads;

/// <summary>
/// Where the bytes of files lie, under generated names. It knows nothing of what they are or whose; the rows do, and a
/// blob is only ever made after its row.
/// </summary>
internal interface IBlobStore
{
    /// <summary>How many bytes may still be written to the disk.</summary>
    long FreeBytes { get; }

    /// <summary>Where a blob lies on this machine.</summary>
    string PathOf(string id);

    /// <summary>Opens a blob to go on writing after <paramref name="offset"/>; what lay behind that is cut off.</summary>
    /// <exception cref="IOException">It has fewer bytes than that.</exception>
    FileStream OpenAppend(string id, long offset);

    /// <summary>
    /// Puts a copy of a blob's first bytes in its place, durably: whoever still has it open writes to it no more.
    /// </summary>
    /// <param name="id">The blob.</param>
    /// <param name="length">How many bytes.</param>
    /// <param name="isMine">Asked once the copy is made: false where another is to write the blob by now, and nothing happens.</param>
    /// <param name="cancellationToken">Gives up; the blob is as it was.</param>
    /// <exception cref="IOException">It has fewer bytes than that.</exception>
    Task RenewAsync(string id, long length, Func<Task<bool>> isMine, CancellationToken cancellationToken);

    /// <summary>How many bytes a blob has; null where there is none.</summary>
    long? LengthOf(string id);

    /// <summary>Removes a blob; does nothing where there is none.</summary>
    void Delete(string id);

    /// <summary>All blobs, as they are found.</summary>
    IEnumerable<string> List();
}
