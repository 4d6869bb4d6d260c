using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Files;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sharing;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>
/// The tokens that let programs report, one a job. A token is an HMAC of the job's id under a key of this server, so none
/// is stored anywhere and all survive a restart. The key is a file in the data directory that only its owner may read, or, where
/// the jobs are in PostgreSQL, a row there for all servers; whoever deletes it takes every token back.
/// </summary>
internal sealed class WriteTokens(IConfiguration configuration, SharedKeys shared) : ISubmissionAnswer
{
    private const string SharedName = "external";
    private const string FileName = "external.key";
    private const int KeyBytes = 32;

    // A failure, such as for a database that is away, is not kept.
    private readonly Lazy<byte[]> _key = new(
        () => Key(configuration["Storage:DataDirectory"] ?? "data", shared), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The token of a job: 43 characters of base64url.</summary>
    public string Of(JobId id) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, Encoding.ASCII.GetBytes($"report:{id}")));

    /// <inheritdoc/>
    public SubmissionReceipt Complete(JobSnapshot accepted, SubmissionReceipt receipt) =>
        accepted.Kind == ExternalJobs.Kind ? receipt with { WriteToken = Of(accepted.JobId) } : receipt;

    /// <summary>Whether a token is that job's; it takes as long whether it is or not.</summary>
    public bool IsValid(JobId id, string token) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Of(id)));

    /// <summary>Takes over the key of a data directory, where it has one and the database has none.</summary>
    public static void TakeOver(SharedKeys shared, string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (File.Exists(path))
            shared.TryAdd(SharedName, Read(path));
    }

    private static byte[] Key(string directory, SharedKeys shared)
    {
        var path = Path.Combine(directory, FileName);
        if (shared.AreShared)
            return shared.FindOrAdd(SharedName, File.Exists(path) ? Read(path) : RandomNumberGenerator.GetBytes(KeyBytes));
        PrivateFolder.Make(directory);
        if (!File.Exists(path))
            Make(path);
        return Read(path);
    }

    private static byte[] Read(string path)
    {
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes
            ? key
            : throw new InvalidOperationException($"'{path}' is not a key of {KeyBytes} bytes; delete it, and every write token changes.");
    }

    private static void Make(string path)
    {
        // Written whole under another name first: a crash leaves no half of a key.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        using (var file = PrivateFolder.OpenFile(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
            PrivateFolder.Sync(Path.GetDirectoryName(path)!);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
