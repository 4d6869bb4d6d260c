namespace ProgressHub.Core.Events;

/// <summary>What became of a piece of the result, see <see cref="PartialEvent.Replaces"/>.</summary>
public static class PieceStates
{
    /// <summary>It is done.</summary>
    public const string Ok = "ok";

    /// <summary>It failed.</summary>
    public const string Failed = "failed";

    /// <summary>The name of either.</summary>
    public static string Of(bool ok) => ok ? Ok : Failed;
}
