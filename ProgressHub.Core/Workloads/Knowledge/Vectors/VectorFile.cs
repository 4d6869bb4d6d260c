using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Core.Workloads.Knowledge.Vectors;

/// <summary>
/// The vectors of one collection in a file that is only appended to: records of one size, mapped into memory for
/// searching, so that the system decides how much of it stays there. After a crash its sound records count; what was
/// being written then is cut off.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    // Twice as many records as live ones, and enough to be worth it.
    private const int FewestToCompact = 1024;
    private const int RecordsAtOnce = 256;

    private readonly Lock _gate = new();
    private readonly int _dimensions;
    private readonly int _size;
    private readonly SafeFileHandle _file;
    private readonly Dictionary<long, int> _places = [];
    private int _count;
    private View? _view;

    private VectorFile(SafeFileHandle file, int dimensions)
    {
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
        if (file._count <= FewestToCompact || file._places.Count * 2 >= file._count)
            return file;

        // A new file takes the old one's place at once, or not at all.
        var compact = $"{path}.new";
        File.Delete(compact);
        using (file)
        using (var copy = OpenOnce(compact, dimensions))
            file.CopyTo(copy);
        File.Move(compact, path, overwrite: true);
        return OpenOnce(path, dimensions);
    }

    public IReadOnlySet<long> Ids()
    {
        lock (_gate)
            return _places.Keys.ToHashSet();
    }

    public void Upsert(IReadOnlyList<VectorPoint> points)
    {
        lock (_gate)
        {
            for (var from = 0; from < points.Count; from += RecordsAtOnce)
                Append([.. points.Skip(from).Take(RecordsAtOnce)]);
        }
    }

    public void Delete(IEnumerable<long> ids)
    {
        lock (_gate)
        {
            foreach (var id in ids)
            {
                if (_places.Remove(id, out var place))
                    Kill(place);
            }

            RandomAccess.FlushToDisk(_file);
        }
    }

    public unsafe IReadOnlyList<Scored> Search(float[] query, int limit, CancellationToken cancellationToken)
    {
        View view;
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
            return VectorScan.Search(view.Pointer, count, query, limit, cancellationToken);
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
        var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var file = new VectorFile(handle, dimensions);
            file.Recover();
            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
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
        for (var i = 0; i < points.Length; i++)
        {
            if (_places.TryGetValue(points[i].Id, out var earlier))
                Kill(earlier);
            _places[points[i].Id] = _count + i;
        }

        _count += points.Length;
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
    private View CurrentView()
    {
        if (_view?.Records >= _count)
            return _view;
        _view?.Release();
        return _view = new View(_file, _count, (long)_count * _size);
    }

    /// <summary>A mapping that lives until nobody reads it any more.</summary>
    private sealed unsafe class View
    {
        private readonly MemoryMappedFile _map;
        private readonly MemoryMappedViewAccessor _accessor;
        private int _users = 1;

        public View(SafeFileHandle file, int records, long length)
        {
            Records = records;
            _map = MemoryMappedFile.CreateFromFile(
                file, null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _accessor = _map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* pointer = null;
            _accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
            Pointer = pointer;
        }

        public int Records { get; }

        public byte* Pointer { get; }

        public void Acquire() => Interlocked.Increment(ref _users);

        public void Release()
        {
            if (Interlocked.Decrement(ref _users) > 0)
                return;
            _accessor.SafeMemoryMappedViewHandle.ReleasePointer();
            _accessor.Dispose();
            _map.Dispose();
        }
    }
}
