using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Execution;

/// <summary>What an earlier run of this server left in files.</summary>
internal sealed class ServerFiles(WorkFolders workFolders, UploadSweeper uploads)
{
    /// <summary>Brings it into line with the store.</summary>
    /// <param name="isShared">Whether other nodes use the same store: what of uploads is not whole may then be on its way to them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ReconcileAsync(bool isShared, CancellationToken cancellationToken)
    {
        workFolders.RemoveAll();
        if (!isShared)
            await uploads.ReconcileAsync(cancellationToken);
    }
}
