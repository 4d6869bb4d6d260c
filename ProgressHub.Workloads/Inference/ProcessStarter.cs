using System.Collections.Concurrent;
using System.Diagnostics;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Starts processes on one thread that lives as long as this process: to the kernel a child's parent is the thread that
/// started it, and a child that asked to die with its parent would die with a thread of the pool (prctl(2), PR_SET_PDEATHSIG).
/// </summary>
internal static class ProcessStarter
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Queue = new(boundedCapacity: 256);
    private static readonly Lock Beginning = new();
    private static Thread? _thread;

    /// <summary>Starts a process.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        lock (Beginning)
        {
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "Process starter" };
                _thread.Start();
            }
        }

        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add((info, started));
        return started.Task;
    }

    private static void Run()
    {
        foreach (var (info, started) in Queue.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        }
    }
}
