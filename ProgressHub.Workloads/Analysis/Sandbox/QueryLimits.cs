namespace ProgressHub.Workloads.Analysis.Sandbox;

/// <summary>What a query may take.</summary>
/// <param name="Time">How long it may run.</param>
/// <param name="Rows">How many rows are kept of its result; the rest is left out, and the result says so.</param>
/// <param name="Bytes">How large the kept rows may be, as JSON.</param>
internal sealed record QueryLimits(TimeSpan Time, int Rows, int Bytes)
{
    /// <summary>How long a query may be, in characters.</summary>
    public const int Length = 20_000;

    /// <summary>How many columns a result may have.</summary>
    public const int Columns = 2500;

    /// <summary>How much memory the engine may take for one, in bytes: what it sorts is in memory, never on the disk.</summary>
    public const long Memory = 512L * 1024 * 1024;
}
