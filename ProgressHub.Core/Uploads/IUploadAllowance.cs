namespace ProgressHub.Core.Uploads;

/// <summary>How much an owner may store.</summary>
internal interface IUploadAllowance
{
    /// <summary>Refuses more bytes than an owner has room for.</summary>
    /// <exception cref="UploadException"><c>quota_storage</c>.</exception>
    ValueTask RequireAsync(string owner, long bytes, CancellationToken cancellationToken);
}
