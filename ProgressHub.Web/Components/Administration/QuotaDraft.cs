using System.Globalization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Administration;

/// <summary>A bound of an account while it is being changed.</summary>
internal sealed class QuotaDraft(QuotaBound bound, bool isOwn, decimal? most)
{
    /// <summary>Which.</summary>
    public QuotaBound Bound => bound;

    /// <summary>What it is to be.</summary>
    public QuotaChoice Choice { get; set; } = (isOwn, most) switch
    {
        (false, _) => QuotaChoice.AsEverybody,
        (true, null) => QuotaChoice.NoBound,
        _ => QuotaChoice.AtMost,
    };

    /// <summary>The most, as it is written.</summary>
    public string? Most { get; set; } = most?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number that is written; null where that is none.</summary>
    public decimal? Number => decimal.TryParse(Most, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What a bound of an account can be.</summary>
internal enum QuotaChoice
{
    /// <summary>What is configured for everybody.</summary>
    AsEverybody,

    /// <summary>A number.</summary>
    AtMost,

    /// <summary>None.</summary>
    NoBound,
}
