namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>What a query may take.</summary>
/// <param name="Time">How long it may run.</param>
/// <param name="Rows">How many rows are kept of its result; the rest is left out, and the result says so.</param>
/// <param name="Bytes">How large the kept rows may be.</param>
internal sealed record QueryLimits(TimeSpan Time, int Rows, int Bytes)
{
    /// <summary>How long a query may be, in characters.</summary>
    public const int Length = 20_000;

    /// <summary>How long one value may become, in bytes.</summary>
    public const int ValueBytes = 1_000_000;

    /// <summary>How much memory SQLite may take for one, in bytes: what it sorts is in memory, never on the disk.</summary>
    public const long Memory = 256L * 1024 * 1024;
}
