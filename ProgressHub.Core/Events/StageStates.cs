namespace ProgressHub.Core.Events;

/// <summary>The states of a stage, see <see cref="StageStatus.State"/>.</summary>
public static class StageStates
{
    /// <summary>It has not begun.</summary>
    public const string Pending = "pending";

    /// <summary>It is under way.</summary>
    public const string Running = "running";

    /// <summary>It is over.</summary>
    public const string Done = "done";

    /// <summary>It was under way when its attempt or its job failed.</summary>
    public const string Failed = "failed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Running, Done, Failed];
}
