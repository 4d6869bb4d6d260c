namespace ProgressHub.Workloads.Workers;

/// <summary>A kind of worker: what it is called, and what each process of it may take.</summary>
/// <param name="Name">What follows <c>worker</c> on the command line.</param>
/// <param name="MemoryBytes">How much it may map beyond what it has when it starts: managed and native together.</param>
/// <param name="HeapBytes">How much of that the managed heap may be.</param>
internal sealed record WorkerKind(string Name, long MemoryBytes, long HeapBytes)
{
    /// <summary>One that parses strangers' texts and files: its heap is most of what is resident.</summary>
    public static WorkerKind OfParsers(string name) => new(name, MemoryBytes: 768L << 20, HeapBytes: 192L << 20) { MaxUses = 50 };

    /// <summary>How many processes there may be at once; who comes then waits.</summary>
    public int MaxProcesses { get; init; } = 2;

    /// <summary>How many of them are kept when nobody needs them.</summary>
    public int MaxIdle { get; init; } = 1;

    /// <summary>
    /// Whether code is compiled in full before it runs: better for a request of seconds in one loop, worse for a quick start.
    /// </summary>
    public bool CompilesInFull { get; init; }

    /// <summary>After how many requests a process is replaced, so that what leaks or lingers in one does not for ever.</summary>
    public int MaxUses { get; init; } = 200;
}
