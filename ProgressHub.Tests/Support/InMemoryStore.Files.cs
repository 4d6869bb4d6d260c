using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Tests.Support;

/// <summary>The files, in memory too.</summary>
internal sealed partial class InMemoryStore : IFileStore
{
    private readonly Dictionary<string, StoredFile> _files = [];
    private readonly Dictionary<(JobId Job, string File), bool> _uses = [];
    private readonly HashSet<string> _removed = [];

    public ValueTask<FileCreation> CreateAsync(
        StoredFile file, int maxOpen, long maxTotalBytes, CancellationToken cancellationToken) => Written(() =>
    {
        if (_files.Values.Count(f => f.Owner == file.Owner && IsOpen(f)) >= maxOpen)
            return FileCreation.TooMany;
        if (Bytes() + (file.Length ?? 0) > maxTotalBytes)
            return FileCreation.NoRoom;
        _files.Add(file.Id, file);
        return FileCreation.Created;
    });

    public ValueTask<StoredFile?> FindAsync(string id, CancellationToken cancellationToken) =>
        Locked(() => _files.GetValueOrDefault(id));

    public ValueTask<bool> AdvanceAsync(StoredFile file, CancellationToken cancellationToken) => Written(() =>
    {
        if (_files.GetValueOrDefault(file.Id) is not { IsComplete: false } known || known.Turn.Number != file.Turn.Number)
            return false;
        _files[file.Id] = file with { Turn = known.Turn, Arrived = known.Arrived, Expected = known.Expected };
        return true;
    });

    public ValueTask<bool> TakeTurnAsync(StoredFile seen, string node, CancellationToken cancellationToken) => Written(() =>
    {
        if (_files.GetValueOrDefault(seen.Id) is not { IsComplete: false } file || file.Turn.Number != seen.Turn.Number
            || (file.Turn.Writer is not null && file.Turn.Writer != seen.Turn.Writer))
            return false;
        _files[seen.Id] = file with { Turn = new UploadTurn(node, file.Turn.Number + 1, false), Arrived = file.Received };
        return true;
    });

    public async ValueTask WantTurnAsync(StoredFile seen, CancellationToken cancellationToken) => await ChangeTurn(
        seen.Id, seen.Turn.Number, file => file with { Turn = file.Turn with { IsWanted = true } });

    public async ValueTask TellArrivedAsync(
        string id, long turn, long arrived, long expected, DateTimeOffset at, CancellationToken cancellationToken) => await ChangeTurn(
        id, turn, file => file.IsComplete ? file : file with { Arrived = arrived, Expected = expected, TouchedAt = at });

    public async ValueTask EndTurnAsync(string id, long turn, CancellationToken cancellationToken) => await ChangeTurn(
        id, turn, file => file with { Turn = new UploadTurn(null, turn, false), Arrived = file.Received });

    private ValueTask<bool> ChangeTurn(string id, long turn, Func<StoredFile, StoredFile> change) => Written(() =>
    {
        if (_files.GetValueOrDefault(id) is not { Turn.Writer: not null } file || file.Turn.Number != turn)
            return false;
        _files[id] = change(file);
        return true;
    });

    public ValueTask<long> CountBytesAsync(CancellationToken cancellationToken) => Locked(Bytes);

    public ValueTask<bool> KeepDerivedAsync(StoredFile file, AttemptFence fence, CancellationToken cancellationToken) => Written(() =>
    {
        if (UnderWay(fence) is null)
            return false;
        var job = fence.Job;
        foreach (var (_, old) in _uses.Where(u => u.Key.Job == job && u.Value && _files[u.Key.File].Name == file.Name).Select(u => u.Key).ToList())
            Drop(old);
        _files[file.Id] = file;
        _uses[(job, file.Id)] = true;
        return true;
    });

    public ValueTask<IReadOnlyList<JobFile>> ListOfJobAsync(JobId job, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<JobFile>>(() =>
        [
            .. _uses.Where(u => u.Key.Job == job).Select(u => new JobFile(_files[u.Key.File], u.Value))
                .OrderBy(f => f.Derived).ThenBy(f => f.Derived ? f.File.Name : "", StringComparer.Ordinal).ThenBy(f => f.File.CreatedAt),
        ]);

    public ValueTask<bool> RemoveAsync(string id, bool evenIfUsed, CancellationToken cancellationToken) => Written(() =>
    {
        if (_files.GetValueOrDefault(id) is not { } file || !(evenIfUsed || IsOpen(file)))
            return false;
        Drop(id);
        return true;
    });

    public ValueTask<IReadOnlyList<string>> RemoveIncompleteAsync(JobId job, CancellationToken cancellationToken) =>
        Written<IReadOnlyList<string>>(() =>
        {
            var ids = _uses.Keys.Where(u => u.Job == job && !_files[u.File].IsComplete && _uses.Keys.Count(o => o.File == u.File) == 1)
                .Select(u => u.File).ToList();
            ids.ForEach(Drop);
            return ids;
        });

    public ValueTask<IReadOnlyList<string>> ListStaleAsync(
        DateTimeOffset cutoff, int skip, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<string>>(() => [.. _files.Values.Where(f => f.TouchedAt < cutoff && IsOpen(f)).OrderBy(f => f.TouchedAt).Skip(skip).Take(limit).Select(f => f.Id)]);

    public ValueTask<IReadOnlyList<string>> ListUnresumableAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<string>>(() => [.. _files.Values.Where(f => !f.IsComplete && !f.Resumable).Select(f => f.Id)]);

    public ValueTask<IReadOnlyList<StoredFile>> ListAsync(string after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<StoredFile>>(() =>
            [.. _files.Values.OrderBy(f => f.Id, StringComparer.Ordinal).Where(f => string.CompareOrdinal(f.Id, after) > 0).Take(limit)]);

    public ValueTask<IReadOnlyList<string>> ListRemovedAsync(int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<string>>(() => [.. _removed.Take(limit)]);

    public async ValueTask ForgetRemovedAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => await Written(() =>
    {
        _removed.ExceptWith(ids);
        return true;
    });

    private bool IsOpen(StoredFile file) => !file.IsComplete || !_uses.Keys.Any(u => u.File == file.Id);

    private long Bytes() => _files.Values.Sum(f => f.Length ?? f.Received);

    private void PurgeFiles(JobId job)
    {
        foreach (var (_, file) in _uses.Keys.Where(u => u.Job == job).ToList())
        {
            _uses.Remove((job, file));
            if (!_uses.Keys.Any(u => u.File == file))
                Drop(file);
        }
    }

    private void Drop(string id)
    {
        _files.Remove(id);
        _removed.Add(id);
        foreach (var use in _uses.Keys.Where(u => u.File == id).ToList())
            _uses.Remove(use);
    }
}
