namespace ProgressHub.Core.Execution;

/// <summary>A node did not answer: whether an attempt there took what it was sent is not known.</summary>
internal sealed class AttemptUnreachableException(string message, Exception inner) : Exception(message, inner);
