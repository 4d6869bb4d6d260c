namespace ProgressHub.Core.Execution;

/// <summary>Tags to give to a job and to take from it. What others do to its tags meanwhile stays.</summary>
/// <param name="Add">Those it is to have; one that it has already changes nothing.</param>
/// <param name="Remove">Those it is not to have; one that it has not changes nothing.</param>
public sealed record TagChange(IReadOnlyList<string> Add, IReadOnlyList<string> Remove);
