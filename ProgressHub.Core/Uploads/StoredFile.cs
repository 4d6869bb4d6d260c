namespace ProgressHub.Core.Uploads;

/// <summary>A file as the store knows it; its bytes are in the blob store.</summary>
public sealed record StoredFile
{
    /// <summary>What a file is called whose sender gave it no name.</summary>
    public const string Unnamed = "file";

    /// <summary>What the bytes of a file are that do not say what they are.</summary>
    public const string AnyBytes = "application/octet-stream";

    /// <summary>Its identity: 32 lower-case hexadecimal digits, random, and the name of its blob.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is; for anybody else it does not exist.</summary>
    public required string Owner { get; init; }

    /// <summary>What its sender called it: text to show, never a path.</summary>
    public required string Name { get; init; }

    /// <summary>What its first bytes say it is.</summary>
    public string MediaType { get; init; } = AnyBytes;

    /// <summary>How many bytes it has or will have; null where its sender did not say and it is not whole yet.</summary>
    public long? Length { get; init; }

    /// <summary>How many bytes are here.</summary>
    public long Received { get; init; }

    /// <summary>Whether its sender may come back with the rest. Otherwise a break ends it, and so does a restart.</summary>
    public bool Resumable { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last bytes came.</summary>
    public required DateTimeOffset TouchedAt { get; init; }

    /// <summary>When it was whole; null as long as it is not.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>
    /// What its sender said of its being put together with others, as tus has it: <c>partial</c> for a piece, <c>final;</c>
    /// with the pieces for what is made of them; null where it stands for itself.
    /// </summary>
    internal string? Concatenation { get; init; }

    /// <summary>Whose turn it is to write it, where several nodes could.</summary>
    internal UploadTurn Turn { get; init; }

    /// <summary>How many bytes have come to whichever node writes it, as far as that one has told; not all of them may be on disk.</summary>
    internal long Arrived { get; init; }

    /// <summary>How many bytes will come, as the request that brings them lets its node guess; else 0.</summary>
    internal long Expected { get; init; }

    /// <summary>Whether all of it is here.</summary>
    public bool IsComplete => CompletedAt is not null;
}

/// <summary>A file of a job.</summary>
/// <param name="File">The file.</param>
/// <param name="Derived">Whether the work made it; otherwise the job's input names it.</param>
public sealed record JobFile(StoredFile File, bool Derived);
