namespace ProgressHub.AspNetCore.Problems;

/// <summary>Metadata of endpoints that speak another system's language: the JSON their clients expect of a refusal.</summary>
internal interface IProblemShape
{
    /// <summary>The JSON of a problem, in UTF-8; its status and <c>Retry-After</c> are sent as ever.</summary>
    /// <param name="problem">What is wrong.</param>
    byte[] Serialize(Problem problem);
}
