namespace ProgressHub.Core.Execution;

/// <summary>What is asked of a job does not fit the state it is in.</summary>
/// <param name="code">A stable identifier, such as <c>not_finished</c>.</param>
/// <param name="message">What does not fit, for a person.</param>
public sealed class JobConflictException(string code, string message) : Exception(message)
{
    /// <summary>The stable identifier.</summary>
    public string Code { get; } = code;
}
