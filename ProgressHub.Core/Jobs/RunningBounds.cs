namespace ProgressHub.Core.Jobs;

/// <summary>How many jobs owners may have under way at once.</summary>
/// <param name="Default">Of an owner who is not named; null for no bound.</param>
/// <param name="ByOwner">Of those who are; null for no bound.</param>
internal sealed record RunningBounds(int? Default, IReadOnlyDictionary<string, int?> ByOwner)
{
    /// <summary>How many an owner may have.</summary>
    public int Of(string owner) => (ByOwner.TryGetValue(owner, out var own) ? own : Default) ?? int.MaxValue;
}
