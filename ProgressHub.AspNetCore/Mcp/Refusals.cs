using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>A refusal as a tool's error: a model reads the sentence, a program the stable code and the property.</summary>
internal static class Refusals
{
    /// <summary>What to answer to a failure that a caller may be told of; null for any other, which is the server's own.</summary>
    public static CallToolResult? Of(Exception failure) =>
        ProblemMapping.OfRefusal(failure) is { } problem ? Of(problem) : null;

    /// <summary>The same of a problem.</summary>
    public static CallToolResult Of(Problem problem)
    {
        var details = new JsonObject { ["code"] = problem.Code, ["detail"] = problem.Detail };
        if (problem.Property is { } property)
            details["property"] = property;
        if (problem.RetryAfter is { } wait)
            details["retryAfterSeconds"] = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        var about = problem.Property is null ? problem.Code : $"{problem.Code}, property {problem.Property}";
        return new CallToolResult
        {
            IsError = true,
            Content = [new TextContentBlock { Text = $"{problem.Detail} ({about})" }],
            StructuredContent = JsonElement.Parse(details.ToJsonString()),
        };
    }
}
