using Microsoft.Extensions.Logging;
using ProgressHub.Core.Files;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// Vectors in files of this machine, one a collection, compared exactly. Some <see cref="MaxOpen"/> files are open; the
/// idle one used longest ago is closed for another.
/// </summary>
internal sealed partial class EmbeddedVectorStore(string directory, ILogger<EmbeddedVectorStore> logger) : IVectorStore, IDisposable
{
    public const int MaxOpen = 32;
    private readonly Lock _gate = new();
    private readonly Dictionary<VectorSpace, Lent> _open = [];
    private long _uses;

    public string Id => "embedded";

    public Task UpsertAsync(VectorSpace space, IReadOnlyList<VectorPoint> points, CancellationToken cancellationToken)
    {
        foreach (var point in points)
            space.Require(point.Vector.Length);
        return UseAsync(space, file => file.Upsert(points), cancellationToken);
    }

    public Task DeleteAsync(VectorSpace space, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : UseAsync(space, file => file.Delete(ids), cancellationToken);

    public async Task<IReadOnlyList<Scored>> SearchAsync(
        VectorSpace space, ReadOnlyMemory<float> query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken)
    {
        space.Require(query.Length);
        IReadOnlyList<Scored> found = [];
        await UseAsync(space, file => found = file.Search(query.ToArray(), limit, within, cancellationToken), cancellationToken);
        return found;
    }

    public async Task<IReadOnlySet<long>> ReadIdsAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        IReadOnlySet<long> ids = new HashSet<long>();
        await UseAsync(space, file => ids = file.Ids(), cancellationToken);
        return ids;
    }

    public Task RefreshAsync(VectorSpace space, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DropAsync(VectorSpace space, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                lock (_gate)
                {
                    if (_open.Remove(space, out var lent))
                        lent.Return();
                    File.Delete(PathOf(space));
                }
            }
            catch (Exception exception) when (DiskFault.Is(exception))
            {
                throw Outage(exception);
            }
        },
        cancellationToken);

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var lent in _open.Values)
                lent.Return();
            _open.Clear();
        }
    }

    /// <summary>Off the caller's thread: reading and comparing take their time.</summary>
    private Task UseAsync(VectorSpace space, Action<VectorFile> use, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var lent = Borrow(space);
            try
            {
                use(lent.File);
            }
            catch (Exception exception) when (DiskFault.Is(exception))
            {
                ForgetUnopened(space, lent);
                throw Outage(exception);
            }
            finally
            {
                lent.Return();
            }
        },
        cancellationToken);

    private static StorageUnavailableException Outage(Exception exception) => new("The vectors can't be read or written now.", exception);

    private Lent Borrow(VectorSpace space)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(space, out var lent))
            {
                MakeRoom();
                _open[space] = lent = new Lent(() => Open(space));
            }

            lent.LastUse = ++_uses;
            lent.Borrow();
            return lent;
        }
    }

    // Not under the lock: it reads all of the file, and the other collections go on meanwhile.
    private VectorFile Open(VectorSpace space)
    {
        PrivateFolder.Make(directory);
        var file = VectorFile.Open(PathOf(space), space.Dimensions);
        if (file.Spoiled > 0)
            LogSpoiled(file.Spoiled, space.Collection);
        return file;
    }

    /// <summary>A file that could not be opened is tried anew by the next who needs it; one that is open stays so.</summary>
    private void ForgetUnopened(VectorSpace space, Lent lent)
    {
        lock (_gate)
        {
            if (!lent.IsOpen && _open.TryGetValue(space, out var open) && open == lent)
            {
                _open.Remove(space);
                lent.Return();
            }
        }
    }

    private void MakeRoom()
    {
        if (_open.Count < MaxOpen)
            return;
        // One in use stays: its file could not be opened a second time.
        var idle = _open.Where(o => o.Value.IsIdle).ToArray();
        if (idle.Length == 0)
            return;
        var (space, lent) = idle.MinBy(o => o.Value.LastUse);
        _open.Remove(space);
        lent.Return();
    }

    private string PathOf(VectorSpace space) => Path.Combine(directory, $"{space.Key}.vectors");

    [LoggerMessage(LogLevel.Warning, "{Count} vectors of collection {Collection} were spoiled and are left out.")]
    private partial void LogSpoiled(int count, string collection);

    /// <summary>A file with its users: the first one opens it, the last one closes it.</summary>
    private sealed class Lent(Func<VectorFile> open)
    {
        private readonly Lazy<VectorFile> _file = new(open);
        private int _users = 1;

        public VectorFile File => _file.Value;

        public long LastUse { get; set; }

        public bool IsOpen => _file.IsValueCreated;

        public bool IsIdle => Volatile.Read(ref _users) == 1;

        public void Borrow() => Interlocked.Increment(ref _users);

        public void Return()
        {
            if (Interlocked.Decrement(ref _users) == 0 && IsOpen)
                _file.Value.Dispose();
        }
    }
}
