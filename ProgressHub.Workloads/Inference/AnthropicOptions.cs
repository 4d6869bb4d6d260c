using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Inference;

/// <summary>Anthropic's messages API.</summary>
public sealed class AnthropicOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Inference:Anthropic";

    /// <summary>The base address.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.anthropic.com");

    /// <summary>The key.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model, where a request names none.</summary>
    [Required]
    public string Model { get; set; } = "claude-sonnet-4-5";

    /// <summary>
    /// Whether models are offered functions to call, such as another search. One that refuses them is asked without; false
    /// spares it the request.
    /// </summary>
    public bool FunctionCalling { get; set; } = true;

    internal bool HasValidBaseUrl => BaseUrl is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
