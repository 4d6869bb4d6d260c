namespace ProgressHub.Workloads.Inference;

/// <summary>An OpenAI-compatible endpoint: OpenAI itself, Ollama, vLLM, LM Studio, llama.cpp and others.</summary>
public sealed class OpenAIOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Inference:OpenAI";

    internal static readonly Uri OwnEndpoint = new("https://api.openai.com/v1");
    private const string OwnChatModel = "gpt-4o-mini";
    private const string OwnSpeechModel = "whisper-1";

    /// <summary>The base address, such as <c>http://localhost:11434/v1</c>; OpenAI's own where it is missing.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The key; endpoints of one's own often need none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The model that chats; needed where the endpoint is not OpenAI's own.</summary>
    public string? ChatModel { get; set; }

    /// <summary>The model that embeds.</summary>
    public string? EmbeddingModel { get; set; }

    /// <summary>The model that hears.</summary>
    public string? SpeechModel { get; set; }

    /// <summary>
    /// Whether models are offered functions to call, such as another search. One that refuses them is asked without; false
    /// spares it the request.
    /// </summary>
    public bool FunctionCalling { get; set; } = true;

    /// <summary>The address that is really used.</summary>
    internal Uri EffectiveEndpoint => Endpoint ?? OwnEndpoint;

    /// <summary>The chat model that is really used; null where there is none to assume.</summary>
    internal string? EffectiveChatModel => !string.IsNullOrWhiteSpace(ChatModel) ? ChatModel
        : EffectiveEndpoint.Host == OwnEndpoint.Host ? OwnChatModel : null;

    /// <summary>The speech model that is really used; null where there is none to assume.</summary>
    internal string? EffectiveSpeechModel => !string.IsNullOrWhiteSpace(SpeechModel) ? SpeechModel
        : EffectiveEndpoint.Host == OwnEndpoint.Host ? OwnSpeechModel : null;

    internal bool HasValidEndpoint => Endpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
