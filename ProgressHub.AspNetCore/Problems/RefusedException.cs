namespace ProgressHub.AspNetCore.Problems;

/// <summary>A request can't be read; thrown deep in its reading, where a result can't be returned.</summary>
internal sealed class RefusedException(Problem problem) : Exception(problem.Detail)
{
    public RefusedException(int status, string code, string detail, string? property = null)
        : this(Problem.Of(status, code, detail, property))
    {
    }

    /// <summary>What to answer.</summary>
    public Problem Problem { get; } = problem;
}
