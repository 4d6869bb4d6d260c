namespace ProgressHub.Benchmarks.Estimates;

/// <summary>Somebody who says how long a job will still take, while it is told what happens.</summary>
internal interface IEstimator
{
    /// <summary>The clock says so much; called before every other, and before every question.</summary>
    void At(double ms);

    /// <summary>A stage of the plan begins.</summary>
    void Enter(int stage);

    /// <summary>The stage has counted so much.</summary>
    void Report(double share);

    /// <summary>The rest, in milliseconds; null where nothing can be said.</summary>
    (double P50Ms, double? P90Ms)? Rest();
}
