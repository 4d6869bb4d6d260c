namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>An earlier question.</summary>
/// <param name="Question">The question.</param>
/// <param name="JobId">The job that answered it.</param>
/// <param name="Similarity">How much it is like the new one, 0..1.</param>
public sealed record SimilarQuestion(string Question, string JobId, double Similarity);
