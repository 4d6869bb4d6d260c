namespace ProgressHub.Core.Jobs;

/// <summary>What somebody may do with a job. Each includes those before it.</summary>
internal enum JobRight
{
    /// <summary>Nothing: for them there is no such job.</summary>
    None,

    /// <summary>See its state, its events, its pieces, its result and the files its work made.</summary>
    Read,

    /// <summary>See its input too; cancel, retry, answer, delete and share it.</summary>
    Manage,

    /// <summary>It is theirs.</summary>
    Own,
}
