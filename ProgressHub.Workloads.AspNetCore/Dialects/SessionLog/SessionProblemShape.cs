using System.Text.Json;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>What this dialect's clients expect of a refusal: <c>success</c> false, and why.</summary>
internal sealed class SessionProblemShape : IProblemShape
{
    public byte[] Serialize(Problem problem) => JsonSerializer.SerializeToUtf8Bytes(
        new SessionFailure(problem.Detail.Replace("apiKey", "api_key", StringComparison.Ordinal), problem.Code)
        {
            Property = problem.Property is "apiKey" ? "api_key" : problem.Property,
        },
        SessionLogJson.Readable.SessionFailure);
}
