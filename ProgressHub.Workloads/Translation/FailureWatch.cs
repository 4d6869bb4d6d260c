using ProgressHub.Core.Workloads;
namespace ProgressHub.Workloads.Translation;

/// <summary>
/// Counts failed batches and says when to stop trying the others. A refusal that will meet every batch ends the job at
/// once; the same error several times in a row ends it while nothing has succeeded yet, and later where it means that the
/// engine is gone.
/// </summary>
internal sealed class FailureWatch(int giveUpAfter)
{
    private readonly Lock _gate = new();
    private bool _anySucceeded;
    private int _inARow;

    /// <summary>How many failed.</summary>
    public int Count { get; private set; }

    /// <summary>The latest failure.</summary>
    public WorkloadException? Last { get; private set; }

    public void Succeeded()
    {
        lock (_gate)
        {
            _anySucceeded = true;
            _inARow = 0;
        }
    }

    /// <summary>Notes a failure; returns what to end the job with, or null to go on.</summary>
    public WorkloadException? Failed(WorkloadException fault)
    {
        lock (_gate)
        {
            _inARow = Last?.Code == fault.Code ? _inARow + 1 : 1;
            Count++;
            Last = fault;
            var hopeless = fault.Code
                is "engine_rejected_key" or "engine_quota_exhausted" or "unsupported_language"
                || (_inARow >= giveUpAfter && (fault.IsTransient || !_anySucceeded));
            return hopeless ? fault : null;
        }
    }
}
