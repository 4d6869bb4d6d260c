using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Uploads;

/// <summary>
/// Keeps the nodes apart that would write the same upload: the store knows whose turn it is. Whoever wants it says so there and
/// waits; whoever has it writes down what came and lets go. From a node that is gone it is taken, and its blob with it, so
/// that what that one may still write reaches nobody. A single node needs none of it: within a process
/// <see cref="LiveUpload"/> gives the turns.
/// </summary>
internal sealed class UploadTurns(IFileStore files, IBlobStore blobs, INodes nodes, TimeProvider time)
{
    /// <summary>How often an upload is looked at: by whoever waits for a turn, and by whoever has it.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether a node that is there writes the file.</summary>
    public bool IsWritten(StoredFile file) => nodes.AreSeveral && nodes.IsMember(file.Turn.Writer);

    /// <summary>Waits until no other node writes an upload, after having let that one know; dispose what is returned.</summary>
    /// <param name="id">The upload; one that is gone or whole has no turns, and none is taken.</param>
    /// <param name="upload">The upload here, where it is the caller's turn already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Turn> TakeAsync(string id, LiveUpload upload, CancellationToken cancellationToken)
    {
        while (nodes.AreSeveral && await files.FindAsync(id, cancellationToken) is { IsComplete: false } file)
        {
            if (await MayTakeAsync(file.Turn.Writer, cancellationToken))
            {
                if (await files.TakeTurnAsync(file, nodes.Self, cancellationToken))
                    return await BeginAsync(file, upload, cancellationToken);
                continue;
            }

            await files.WantTurnAsync(file, cancellationToken);
            await Task.Delay(LookEvery, time, cancellationToken);
        }

        return new Turn(files, id, upload, 0);
    }

    /// <summary>Whether nobody writes: also not this node, for whoever asks has the turn here.</summary>
    private async Task<bool> MayTakeAsync(string? writer, CancellationToken cancellationToken)
    {
        if (writer is null || writer == nodes.Self)
            return true;
        await nodes.RefreshAsync(cancellationToken);
        return !nodes.IsMember(writer);
    }

    private async Task<Turn> BeginAsync(StoredFile before, LiveUpload upload, CancellationToken cancellationToken)
    {
        var (id, number) = (before.Id, before.Turn.Number + 1);
        var turn = new Turn(files, id, upload, number);
        try
        {
            if (before.Turn.Writer is { } writer && writer != nodes.Self && await files.FindAsync(id, cancellationToken) is { } file)
            {
                await blobs.RenewAsync(
                    id, file.Received, async () => (await files.FindAsync(id, cancellationToken))?.Turn.Number == number, cancellationToken);
            }

            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    /// <summary>A node's turn.</summary>
    internal sealed class Turn : IAsyncDisposable
    {
        private readonly IFileStore _files;
        private readonly string _id;
        private readonly LiveUpload _upload;
        private readonly long _number;

        /// <param name="files">The store.</param>
        /// <param name="id">The upload.</param>
        /// <param name="upload">The upload here.</param>
        /// <param name="number">Its number; 0 for none.</param>
        public Turn(IFileStore files, string id, LiveUpload upload, long number)
        {
            (_files, _id, _upload, _number) = (files, id, upload, number);
            _upload.SharedTurn = number;
        }

        /// <summary>Lets others write.</summary>
        public async ValueTask DisposeAsync()
        {
            _upload.SharedTurn = 0;
            if (_number == 0)
                return;
            try
            {
                await _files.EndTurnAsync(_id, _number, CancellationToken.None);
            }
            catch (Jobs.StorageUnavailableException)
            {
                // The next of this node takes it without asking, and those of others once this one is gone.
            }
        }
    }
}
