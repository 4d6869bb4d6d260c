using Microsoft.Win32.SafeHandles;
using ProgressHub.Core.Files;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// The vectors of one collection in a file that is only appended to: records of one size, mapped into memory for
/// searching, so that the system decides how much of it stays there. After a crash its sound records count; what was
/// being written then is cut off. Where dead records outnumber live ones, the live ones are copied to a new file that
/// takes its place.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    // Twice as many records as live ones, and enough to be worth it.
    private const int FewestToCompact = 1024;
    private const int RecordsAtOnce = 256;

    // Held by whoever writes, while the disk works; _places and _count change under both locks, so that a writer may read
    // them with this one alone.
    private readonly Lock _writing = new();

    // Held for moments only: a search never waits for the disk.
    private readonly Lock _gate = new();
    private readonly int _dimensions;
    private readonly int _size;
    private readonly string _path;
    private SafeFileHandle _file;
    private Dictionary<long, int> _places = [];
    private int _count;
    private int _compactFrom = FewestToCompact;
    private VectorView? _view;

    private VectorFile(string path, SafeFileHandle file, int dimensions)
    {
        _path = path;
        _file = file;
        _dimensions = dimensions;
        _size = VectorRecord.Size(dimensions);
    }

    /// <summary>How many records a crash or the disk has spoiled, as found on opening.</summary>
    public int Spoiled { get; private set; }

    /// <summary>How many vectors are live.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _places.Count;
        }
    }

    /// <summary>Opens the file, made where it is missing, and checks every record.</summary>
    public static VectorFile Open(string path, int dimensions)
    {
        var file = OpenOnce(path, dimensions);
        file.CompactIfMostIsDead();
        return file;
    }

    public IReadOnlySet<long> Ids()
    {
        lock (_gate)
            return _places.Keys.ToHashSet();
    }

    public void Upsert(IReadOnlyList<VectorPoint> points)
    {
        lock (_writing)
        {
            for (var from = 0; from < points.Count; from += RecordsAtOnce)
                Append([.. points.Skip(from).Take(RecordsAtOnce)]);
            CompactIfMostIsDead();
        }
    }

    public void Delete(IEnumerable<long> ids)
    {
        lock (_writing)
        {
            lock (_gate)
            {
                foreach (var id in ids)
                {
                    if (_places.Remove(id, out var place))
                        Kill(place);
                }
            }

            RandomAccess.FlushToDisk(_file);
            CompactIfMostIsDead();
        }
    }

    public unsafe IReadOnlyList<Scored> Search(float[] query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken)
    {
        VectorView view;
        int count;
        lock (_gate)
        {
            if (_places.Count == 0 || limit <= 0)
                return [];
            view = CurrentView();
            count = _count;
            view.Acquire();
        }

        try
        {
            return VectorScan.Search(view.Pointer, count, query, limit, within, cancellationToken);
        }
        finally
        {
            view.Release();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _view?.Release();
            _view = null;
            _file.Dispose();
        }
    }

    private static VectorFile OpenOnce(string path, int dimensions)
    {
        var handle = OpenHandle(path);
        try
        {
            var file = new VectorFile(path, handle, dimensions);
            file.Recover();
            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static SafeFileHandle OpenHandle(string path) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    /// <summary>
    /// A new file takes the old one's place at once, or not at all: in between, and after a failure, the old one counts.
    /// Searches that are under way go on in what they have mapped.
    /// </summary>
    private void CompactIfMostIsDead()
    {
        if (_count <= _compactFrom || _places.Count * 2 >= _count)
            return;
        var compact = $"{_path}.new";
        try
        {
            File.Delete(compact);
            using var copy = OpenOnce(compact, _dimensions);
            CopyTo(copy);
            copy.Dispose();
            lock (_gate)
                Replace(compact, copy);
            _compactFrom = FewestToCompact;
        }
        catch (Exception exception) when (DiskFault.Is(exception))
        {
            // A full disk, or Windows, where nobody replaces a file that a search has mapped. What was written stands;
            // it is tried again when there is more to gain.
            _compactFrom = _count + FewestToCompact;
        }
    }

    private void Replace(string compact, VectorFile copy)
    {
        _view?.Release();
        _view = null;
        _file.Dispose();
        try
        {
            File.Move(compact, _path, overwrite: true);
            PrivateFolder.Sync(Path.GetDirectoryName(_path)!);
            (_places, _count) = (copy._places, copy._count);
        }
        finally
        {
            _file = OpenHandle(_path);
        }
    }

    private void Recover()
    {
        var length = RandomAccess.GetLength(_file);
        var buffer = new byte[_size * RecordsAtOnce];
        var sound = 0;
        for (var place = 0; ; place += RecordsAtOnce)
        {
            var read = ReadFully(buffer, (long)place * _size);
            for (var i = 0; i < read / _size; i++)
            {
                var record = buffer.AsSpan(i * _size, _size);
                if (!VectorRecord.IsSound(record))
                {
                    Spoiled++;
                    Kill(place + i);
                    continue;
                }

                sound = place + i + 1;
                if (!VectorRecord.IsLive(record))
                    continue;
                // Of two, the later counts: a crash came between writing it and killing the one before.
                var id = VectorRecord.Id(record);
                if (_places.TryGetValue(id, out var earlier))
                    Kill(earlier);
                _places[id] = place + i;
            }

            if (read < buffer.Length)
                break;
        }

        _count = sound;
        if (length != (long)sound * _size)
            RandomAccess.SetLength(_file, (long)sound * _size);
    }

    private int ReadFully(byte[] buffer, long offset)
    {
        var total = 0;
        while (RandomAccess.Read(_file, buffer.AsSpan(total), offset + total) is var read and > 0)
            total += read;
        return total;
    }

    private void Append(VectorPoint[] points)
    {
        var buffer = new byte[_size * points.Length];
        for (var i = 0; i < points.Length; i++)
            VectorRecord.Write(buffer.AsSpan(i * _size, _size), points[i].Id, points[i].Vector);
        RandomAccess.Write(_file, buffer, (long)_count * _size);
        RandomAccess.FlushToDisk(_file);
        lock (_gate)
        {
            for (var i = 0; i < points.Length; i++)
            {
                if (_places.TryGetValue(points[i].Id, out var earlier))
                    Kill(earlier);
                _places[points[i].Id] = _count + i;
            }

            _count += points.Length;
        }
    }

    private void Kill(int place) =>
        RandomAccess.Write(_file, VectorRecord.DeadMark, ((long)place * _size) + VectorRecord.StateOffset);

    private void CopyTo(VectorFile target)
    {
        var buffer = new byte[_size];
        foreach (var places in _places.Values.Order().Chunk(RecordsAtOnce))
        {
            var points = new List<VectorPoint>(places.Length);
            foreach (var place in places)
            {
                _ = ReadFully(buffer, (long)place * _size);
                var vector = new float[_dimensions];
                Buffer.BlockCopy(buffer, VectorRecord.HeaderSize, vector, 0, _dimensions * sizeof(float));
                points.Add(new VectorPoint(VectorRecord.Id(buffer), vector));
            }

            target.Upsert(points);
        }
    }

    /// <summary>The file as it is now, in memory; made anew where it has grown.</summary>
    private VectorView CurrentView()
    {
        if (_view?.Records >= _count)
            return _view;
        _view?.Release();
        return _view = new VectorView(_file, _count, (long)_count * _size);
    }
}
