namespace ProgressHub.Core.Events;

/// <summary>What an estimate rests on, see <see cref="Eta.Basis"/>.</summary>
public static class EtaBasis
{
    /// <summary>How fast this run is.</summary>
    public const string Rate = "rate";

    /// <summary>What earlier runs took.</summary>
    public const string History = "history";

    /// <summary>Both.</summary>
    public const string Blend = "blend";
}
