using System.Diagnostics.CodeAnalysis;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// Commands on their way from asynchronous callers to blocking threads, first in, first out. Bounded: when it is full a
/// caller waits or is refused. A monitor instead of a channel, so that waking a storage thread never needs one of the
/// pool.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a wait handle a SemaphoreSlim holds nothing to free.")]
internal sealed class CommandQueue(int capacity, long byteCapacity)
{
    private readonly SemaphoreSlim _room = new(capacity, capacity);
    private readonly Queue<StorageCommand> _commands = [];
    private long _bytes;
    private bool _closed;

    /// <summary>How many commands wait.</summary>
    public int Count => capacity - _room.CurrentCount;

    /// <summary>Adds a command, once there is room.</summary>
    public async ValueTask AddAsync(StorageCommand command, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        Enqueue(command);
    }

    /// <summary>Adds a command if there is room now.</summary>
    public bool TryAdd(StorageCommand command)
    {
        // A command larger than the bound still fits an empty queue, or it never could be written.
        var bytes = Interlocked.Read(ref _bytes);
        if ((bytes > 0 && bytes + command.Bytes > byteCapacity) || !_room.Wait(TimeSpan.Zero, CancellationToken.None))
            return false;

        Enqueue(command);
        return true;
    }

    /// <summary>Waits for a command; blocks. False once the queue is closed and empty.</summary>
    public bool Take([NotNullWhen(true)] out StorageCommand? command)
    {
        lock (_commands)
        {
            while (_commands.Count == 0 && !_closed)
                Monitor.Wait(_commands);
            return Dequeue(out command);
        }
    }

    /// <summary>The next command if there is one already that satisfies the condition.</summary>
    public bool TryTake(Func<StorageCommand, bool> fits, [NotNullWhen(true)] out StorageCommand? command)
    {
        lock (_commands)
        {
            if (_commands.TryPeek(out var next) && fits(next))
                return Dequeue(out command);
        }

        command = null;
        return false;
    }

    /// <summary>Takes no more commands; those that wait can still be taken.</summary>
    public void Close()
    {
        lock (_commands)
        {
            _closed = true;
            Monitor.PulseAll(_commands);
        }
    }

    private void Enqueue(StorageCommand command)
    {
        lock (_commands)
        {
            if (_closed)
            {
                _room.Release();
                throw new StorageClosedException("The store is closed.");
            }

            _commands.Enqueue(command);
            _bytes += command.Bytes;
            Monitor.Pulse(_commands);
        }
    }

    private bool Dequeue([NotNullWhen(true)] out StorageCommand? command)
    {
        if (!_commands.TryDequeue(out command))
            return false;

        _bytes -= command.Bytes;
        _room.Release();
        return true;
    }
}
