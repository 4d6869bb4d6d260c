namespace ProgressHub.Core.Execution;

/// <summary>Why an attempt was told to stop.</summary>
internal enum StopReason
{
    None,

    /// <summary>Somebody canceled the job.</summary>
    Canceled,

    /// <summary>Its time is over.</summary>
    TimedOut,

    /// <summary>The server stops; another attempt will go on from the checkpoint.</summary>
    Shutdown,

    /// <summary>Another attempt owns the job now.</summary>
    Lost,
}
