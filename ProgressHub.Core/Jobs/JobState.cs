using System.Text.Json.Serialization;

namespace ProgressHub.Core.Jobs;

/// <summary>Where a job stands. The last three are final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobState>))]
public enum JobState
{
    /// <summary>Accepted and durable; waiting for a free slot, or for the delay before its next attempt.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    /// <summary>An attempt is under way.</summary>
    [JsonStringEnumMemberName("running")] Running,

    /// <summary>An attempt is under way and waits for a person's answer.</summary>
    [JsonStringEnumMemberName("waitingForInput")] WaitingForInput,

    /// <summary>Somebody asked it to stop; it has not stopped yet.</summary>
    [JsonStringEnumMemberName("canceling")] Canceling,

    /// <summary>Ended with all of its result.</summary>
    [JsonStringEnumMemberName("succeeded")] Succeeded,

    /// <summary>Ended with an error; it may still have part of a result.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Ended because somebody asked.</summary>
    [JsonStringEnumMemberName("canceled")] Canceled,
}

/// <summary>Questions about a <see cref="JobState"/>.</summary>
public static class JobStates
{
    /// <summary>Whether nothing more can happen to a job in this state.</summary>
    public static bool IsFinal(this JobState state) => state >= JobState.Succeeded;

    /// <summary>The name in JSON, in URLs and in the store, such as <c>waitingForInput</c>.</summary>
    public static string Name(this JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Running => "running",
        JobState.WaitingForInput => "waitingForInput",
        JobState.Canceling => "canceling",
        JobState.Succeeded => "succeeded",
        JobState.Failed => "failed",
        JobState.Canceled => "canceled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The state of that name, or null where there is none.</summary>
    public static JobState? Parse(string? name)
    {
        foreach (var state in Enum.GetValues<JobState>())
        {
            if (string.Equals(state.Name(), name, StringComparison.OrdinalIgnoreCase))
                return state;
        }

        return null;
    }
}
