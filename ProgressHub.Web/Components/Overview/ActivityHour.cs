namespace ProgressHub.Web.Components.Overview;

/// <summary>What became of the jobs that were submitted within an hour.</summary>
/// <param name="From">When it began.</param>
/// <param name="Succeeded">How many succeeded.</param>
/// <param name="Failed">How many failed.</param>
/// <param name="Other">How many were canceled, or have not ended.</param>
public sealed record ActivityHour(DateTimeOffset From, int Succeeded, int Failed, int Other)
{
    /// <summary>How many there were.</summary>
    public int All => Succeeded + Failed + Other;
}
