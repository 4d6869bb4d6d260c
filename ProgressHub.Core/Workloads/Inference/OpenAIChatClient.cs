using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using OpenAIFinishReason = OpenAI.Chat.ChatFinishReason;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace ProgressHub.Core.Workloads.Inference;

/// <summary>The OpenAI SDK's chat client as an <see cref="IChatClient"/>: text in, text out; no tools, no images.</summary>
internal sealed class OpenAIChatClient(ChatClient client, string model, Uri endpoint) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("openai", endpoint, model);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = await client
            .CompleteChatAsync(ToOpenAI(messages, options), ToOpenAI(options), cancellationToken)
            .ConfigureAwait(false);
        var completion = result.Value;
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Text(completion.Content)))
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            CreatedAt = completion.CreatedAt,
            FinishReason = FromOpenAI(completion.FinishReason),
            Usage = FromOpenAI(completion.Usage),
            RawRepresentation = completion,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var updates = client.CompleteChatStreamingAsync(ToOpenAI(messages, options), ToOpenAI(options), cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
        {
            var mapped = new ChatResponseUpdate(ChatRole.Assistant, Text(update.ContentUpdate))
            {
                ResponseId = update.CompletionId,
                ModelId = update.Model,
                CreatedAt = update.CreatedAt,
                FinishReason = update.FinishReason is { } reason ? FromOpenAI(reason) : null,
                RawRepresentation = update,
            };
            if (FromOpenAI(update.Usage) is { } usage)
                mapped.Contents.Add(new UsageContent(usage));
            yield return mapped;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(client) ? client
        : null;

    // The SDK's client owns nothing: the HTTP client underneath is shared.
    public void Dispose()
    {
    }

    private static List<OpenAIMessage> ToOpenAI(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<OpenAIMessage> mapped = [];
        if (!string.IsNullOrEmpty(options?.Instructions))
            mapped.Add(OpenAIMessage.CreateSystemMessage(options.Instructions));
        foreach (var message in messages)
        {
            mapped.Add(
                message.Role == ChatRole.System ? OpenAIMessage.CreateSystemMessage(message.Text)
                : message.Role == ChatRole.Assistant ? OpenAIMessage.CreateAssistantMessage(message.Text)
                : OpenAIMessage.CreateUserMessage(message.Text));
        }

        return mapped;
    }

    private static ChatCompletionOptions ToOpenAI(ChatOptions? options)
    {
        var mapped = new ChatCompletionOptions
        {
            Temperature = options?.Temperature,
            TopP = options?.TopP,
            MaxOutputTokenCount = options?.MaxOutputTokens,
        };
        foreach (var stop in options?.StopSequences ?? [])
            mapped.StopSequences.Add(stop);
        if (options?.ResponseFormat is ChatResponseFormatJson)
            mapped.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonObjectFormat();
        return mapped;
    }

    private static string Text(ChatMessageContent content) => string.Concat(content.Select(part => part.Text));

    private static ChatFinishReason FromOpenAI(OpenAIFinishReason reason) => reason switch
    {
        OpenAIFinishReason.Length => ChatFinishReason.Length,
        OpenAIFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAIFinishReason.ToolCalls or OpenAIFinishReason.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails? FromOpenAI(ChatTokenUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
    };
}
