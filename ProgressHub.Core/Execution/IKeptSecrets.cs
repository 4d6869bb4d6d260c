using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Secrets that came with requests, each for its job only, until that ends, and a little longer where it failed, so that a retry
/// has them. They are taken out of the input before it is stored: no event and no export ever holds one.
/// </summary>
internal interface IKeptSecrets
{
    /// <summary>Keeps those of a job that is about to be created.</summary>
    /// <exception cref="StorageUnavailableException">They can't be kept now.</exception>
    ValueTask KeepAsync(JobId id, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellationToken);

    /// <summary>Those of a job by their names; none where they are not known, or not any more.</summary>
    /// <exception cref="StorageUnavailableException">They can't be read now.</exception>
    ValueTask<IReadOnlyDictionary<string, string>> FindAsync(JobId id, CancellationToken cancellationToken);

    /// <summary>The job has ended well, was canceled, or never was. Does not wait.</summary>
    void Forget(JobId id);

    /// <summary>The job has failed: its secrets are kept for <see cref="JobSecrets.KeptAfterFailure"/>. Does not wait.</summary>
    void ForgetLater(JobId id);
}
