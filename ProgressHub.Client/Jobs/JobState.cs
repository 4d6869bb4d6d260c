using System.Text.Json.Serialization;

namespace ProgressHub.Client.Jobs;

/// <summary>Where a job stands.</summary>
[JsonConverter(typeof(WireEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>A state that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It waits for the answer to <see cref="JobSnapshot.PendingInput"/>.</summary>
    WaitingForInput,

    /// <summary>Somebody asked for its end.</summary>
    Canceling,

    /// <summary>It has ended well.</summary>
    Succeeded,

    /// <summary>It has ended with <see cref="JobSnapshot.Error"/>.</summary>
    Failed,

    /// <summary>It was canceled.</summary>
    Canceled,
}

/// <summary>Where a stage stands.</summary>
[JsonConverter(typeof(WireEnumConverter<StageState>))]
public enum StageState
{
    /// <summary>A state that this version of the client does not know.</summary>
    Unknown,

    /// <summary>It has not begun.</summary>
    Pending,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is over.</summary>
    Done,

    /// <summary>It was broken off.</summary>
    Failed,
}

/// <summary>How a line of the log is meant.</summary>
[JsonConverter(typeof(WireEnumConverter<JobLogLevel>))]
public enum JobLogLevel
{
    /// <summary>A level that this version of the client does not know.</summary>
    Unknown,

    /// <summary>What happens.</summary>
    Info,

    /// <summary>What went well.</summary>
    Success,

    /// <summary>What to look at.</summary>
    Warning,

    /// <summary>What failed.</summary>
    Error,
}
