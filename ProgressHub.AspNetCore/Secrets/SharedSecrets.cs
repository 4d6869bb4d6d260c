using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sharing;

namespace ProgressHub.AspNetCore.Secrets;

/// <summary>
/// The secrets of requests to several nodes: beside the jobs, so that whichever node runs one has them, and encrypted, so that what
/// is kept of a job betrays none.
/// </summary>
internal sealed class SharedSecrets(JobSecretTable table, IDataProtectionProvider protection) : IKeptSecrets
{
    private readonly IDataProtector _protector = protection.CreateProtector("ProgressHub.Jobs.Secrets.v1");

    // The jobs that ran here with secrets: of all others, none need be deleted.
    private readonly ConcurrentDictionary<JobId, byte> _used = new();

    /// <inheritdoc/>
    public async ValueTask KeepAsync(JobId id, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellationToken)
    {
        if (secrets.Count > 0)
            await table.AddAsync(id, Of(id).Protect(JsonSerializer.SerializeToUtf8Bytes(new(secrets), SecretsJson.Default.DictionaryStringString)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyDictionary<string, string>> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(id, cancellationToken) is not { } value)
            return JobSecrets.None;
        _used[id] = 0;
        try
        {
            return JsonSerializer.Deserialize(Of(id).Unprotect(value), SecretsJson.Default.DictionaryStringString)!;
        }
        catch (CryptographicException)
        {
            // The keys are gone, and so are the secrets.
            return JobSecrets.None;
        }
    }

    /// <inheritdoc/>
    public void Forget(JobId id)
    {
        if (_used.TryRemove(id, out _))
            _ = DeleteAsync(id);
    }

    /// <inheritdoc/>
    public void ForgetLater(JobId id) => _used.TryRemove(id, out _);

    // Bound to its job: what is put in another's place does not open.
    private IDataProtector Of(JobId id) => _protector.CreateProtector(id.ToString());

    private async Task DeleteAsync(JobId id)
    {
        try
        {
            await table.DeleteAsync(id, CancellationToken.None);
        }
        catch (Exception failure) when (failure is StorageUnavailableException or StorageClosedException)
        {
            // The sweep finds them.
        }
    }
}
