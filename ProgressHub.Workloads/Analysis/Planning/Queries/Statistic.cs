namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>A statistic of many values; empty ones do not count.</summary>
internal enum Statistic
{
    /// <summary>How many values.</summary>
    Count,

    /// <summary>How many different values.</summary>
    Distinct,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The mean.</summary>
    Average,

    /// <summary>The median.</summary>
    Median,

    /// <summary>The greatest.</summary>
    Maximum,

    /// <summary>The least.</summary>
    Minimum,

    /// <summary>The standard deviation of a sample.</summary>
    Deviation,

    /// <summary>The variance of a sample.</summary>
    Variance,

    /// <summary>A percentile, between values by the straight line .</summary>
    Percentile,
}
