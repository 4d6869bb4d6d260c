using Microsoft.Extensions.AI;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>A way to reach a chat model. What it makes neither retries nor logs.</summary>
internal interface IChatEngine
{
    /// <summary>Its name in the API, such as <c>anthropic</c>.</summary>
    string Id { get; }

    /// <summary>Its name for a person.</summary>
    string Label { get; }

    /// <summary>Whether it can work as configured.</summary>
    EngineStatus Status { get; }

    /// <summary>
    /// What is still missing to use it with this model and key of a request, as one setting to change; null where nothing
    /// is.
    /// </summary>
    string? Missing(string? model, string? apiKey);

    /// <summary>Whether its models are offered functions to call.</summary>
    bool CallsFunctions { get; }

    /// <summary>The model that would answer.</summary>
    string? ModelFor(string? model);

    /// <summary>A client for one job; what the request does not bring comes from the configuration.</summary>
    /// <exception cref="WorkloadException"><c>engine_unavailable</c>: something is missing.</exception>
    IChatClient Connect(string? model, string? apiKey);

    /// <summary>How many tokens to allow for an answer of about so many characters; null to leave it to the engine.</summary>
    int? OutputTokens(int characters);
}
