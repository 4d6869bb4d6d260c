using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.Options;
using OpenAI;

namespace ProgressHub.Workloads.Inference;

/// <summary>Connects the OpenAI SDK to the configured endpoint, for chat, embeddings and speech alike.</summary>
internal sealed class OpenAIConnection(
    IOptions<OpenAIOptions> options, IOptions<InferenceOptions> inference, InferenceHttp http)
{
    /// <summary>The endpoint and its models.</summary>
    public OpenAIOptions Options => options.Value;

    /// <summary>A client with the request's key, else the configured one. It neither retries nor logs.</summary>
    public OpenAIClient Connect(string? apiKey)
    {
        var key = !string.IsNullOrEmpty(apiKey) ? apiKey : options.Value.ApiKey;
        // The SDK insists on a key; servers that need none ignore it.
        return new OpenAIClient(new ApiKeyCredential(string.IsNullOrEmpty(key) ? "none" : key), new OpenAIClientOptions
        {
            Endpoint = options.Value.EffectiveEndpoint,
            // Behind our own watch over silence, which knows the difference between slow and stalled.
            NetworkTimeout = inference.Value.RequestTimeout + TimeSpan.FromSeconds(5),
            RetryPolicy = new ClientRetryPolicy(0),
            Transport = new HttpClientPipelineTransport(http.Client),
        });
    }
}
