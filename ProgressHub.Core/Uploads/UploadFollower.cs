using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Uploads;

/// <summary>
/// Follows in the store what other nodes do with an upload that somebody here sends or waits for, and tells them there how
/// far it has come here.
/// </summary>
internal sealed class UploadFollower(IFileStore files, INodes nodes, TimeProvider time)
{
    /// <summary>Whether there are other nodes to follow.</summary>
    public bool IsNeeded => nodes.AreSeveral;

    /// <summary>Follows until nobody here wants to know any more, or the upload is over.</summary>
    public async Task RunAsync(string id, LiveUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(UploadTurns.LookEvery, time);
            while (!upload.Whole.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
                await LookAsync(id, upload, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody holds it any more.
        }
    }

    private async Task LookAsync(string id, LiveUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            // Read first: a turn that begins here meanwhile is not the one that stands in the row.
            var turn = upload.SharedTurn;
            if (await files.FindAsync(id, cancellationToken) is not { } file)
                upload.Break(UploadException.Broken());
            else if (file.IsComplete)
                upload.Complete(file);
            else if (turn == 0)
                await HearAsync(file, upload, cancellationToken);
            else
                await TellAsync(file, turn, upload, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // The next look may find it.
        }
    }

    private async Task TellAsync(StoredFile file, long turn, LiveUpload upload, CancellationToken cancellationToken)
    {
        if (file.Turn.Number > turn || file is { Turn.IsWanted: true })
        {
            if (upload.SharedTurn == turn)
                upload.Interrupt();
        }
        else if (upload.Received > file.Arrived)
        {
            await files.TellArrivedAsync(file.Id, turn, upload.Received, upload.Expected, time.GetUtcNow(), cancellationToken);
        }
    }

    private async Task HearAsync(StoredFile file, LiveUpload upload, CancellationToken cancellationToken)
    {
        if (file.Expected > 0)
            upload.Expected = file.Expected;
        if (Math.Max(file.Received, file.Arrived) is var come && come > upload.Received)
            upload.Advance(come);
        if (file is not { Resumable: false, Turn.Writer: { } writer } || nodes.IsMember(writer))
            return;

        // Its sender's connection went with that node, and nobody may come back with the rest.
        await nodes.RefreshAsync(cancellationToken);
        if (!nodes.IsMember(writer) && await files.RemoveAsync(file.Id, evenIfUsed: true, cancellationToken))
            upload.Break(UploadException.Broken());
    }
}
