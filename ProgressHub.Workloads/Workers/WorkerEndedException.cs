namespace ProgressHub.Workloads.Workers;

/// <summary>A worker that ended, or was ended, before it had done what it was asked.</summary>
internal sealed class WorkerEndedException : Exception
{
    public WorkerEndedException(WorkerEnd end, string message, string lastWords = "", Exception? innerException = null)
        : base(message, innerException) => (End, LastWords) = (end, lastWords);

    /// <summary>How it ended.</summary>
    public WorkerEnd End { get; }

    /// <summary>The last that it wrote to its standard error; from a process that may have run amok, so for the log alone.</summary>
    public string LastWords { get; }
}

/// <summary>How a worker ended.</summary>
internal enum WorkerEnd
{
    /// <summary>It could not be started, or is no worker.</summary>
    NotStarted,

    /// <summary>By itself, or killed by somebody else.</summary>
    Crashed,

    /// <summary>After its last request and before it began with this one, which another worker may therefore be asked.</summary>
    WhileIdle,

    /// <summary>For want of memory.</summary>
    OutOfMemory,

    /// <summary>It was killed at its deadline.</summary>
    Deadline,

    /// <summary>It was killed because what it said made no sense.</summary>
    Garbage,
}
