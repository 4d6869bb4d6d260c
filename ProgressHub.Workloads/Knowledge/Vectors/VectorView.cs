using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>A mapping that lives until nobody reads it any more.</summary>
internal sealed unsafe class VectorView
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _accessor;
    private int _users = 1;

    public VectorView(SafeFileHandle file, int records, long length)
    {
        Records = records;
        // As long as the file is, whatever that is: beyond what counts there may be what is being written now, or the
        // rest of a write that failed.
        _map = MemoryMappedFile.CreateFromFile(
            file, null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
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
