namespace ProgressHub.Workloads.Analysis.Sandbox;

/// <summary>A query that may not run; the reason is in words for whoever wrote it.</summary>
/// <param name="reason">Why, to follow on "The query".</param>
/// <param name="innerException">What refused it.</param>
internal sealed class UnsafeQueryException(string reason, Exception? innerException = null) : Exception(reason, innerException);
