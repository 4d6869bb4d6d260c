using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Prompts;
using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>A chat model that answers from passages. They reach it as JSON, so that no text can end its own quotation.</summary>
internal sealed class ChatAnswerer(IChatEngine engine, ChatCall call) : IAnswerer
{
    private const string Feature = "Knowledge";
    private const int ExpectedCharacters = 3000;

    public string Id => engine.Id;

    public EngineStatus Status => engine.Status;

    public string? Missing(string? model, string? apiKey) => engine.Missing(model, apiKey);

    public async IAsyncEnumerable<string> AnswerAsync(
        AnswerOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var passages = order.Passages.All.Select((p, i) => PromptPassage.Of(i + 1, p));
        var request = new ChatOrder(engine, PromptFile.Get(Feature, "answer"), new Dictionary<string, string>
        {
            ["language"] = order.Language == AskLanguage.Chinese ? "Traditional Chinese (繁體中文)" : "English",
            ["question"] = JsonSerializer.Serialize(new PromptBody(order.Question, [.. passages]), AnswerPromptJson.Readable.PromptBody),
        })
        {
            Model = order.Model,
            ApiKey = order.ApiKey,
            ExpectedCharacters = ExpectedCharacters,
            Meter = order.Meter,
            Functions = order.Search is { } search ? Functions(search) : null,
        };
        await foreach (var update in call.StreamAsync(request, cancellationToken))
        {
            if (update.Text is { Length: > 0 } text)
                yield return text;
        }
    }

    private static ChatFunctions Functions(FurtherSearch search)
    {
        var function = KernelFunctionFactory.CreateFromMethod(
            async ([Description("What to look for, in other words than the question.")] string query, CancellationToken cancellationToken) =>
            {
                try
                {
                    return JsonSerializer.Serialize(
                        [.. await search.SearchAsync(query, cancellationToken)], AnswerPromptJson.Readable.PromptPassageArray);
                }
                catch (WorkloadException)
                {
                    return "The search can't be made now.";
                }
            },
            "search", "Searches the documents again and gives further numbered passages.");
        return new ChatFunctions([function], PromptFile.Get(Feature, "search"), FurtherSearch.Most)
        {
            Calling = (number, _, arguments) => search.BeginAsync(number, arguments.TryGetValue("query", out var query) ? $"{query}" : ""),
            Without = search.WithoutAsync,
        };
    }
}

/// <summary>A question as a model sees it.</summary>
internal sealed record PromptBody(string Question, IReadOnlyList<PromptPassage> Passages);

/// <summary>A passage as a model sees it.</summary>
internal sealed record PromptPassage(int N, string Title, string? Heading, string Text)
{
    public static PromptPassage Of(int n, FoundPassage found) => new(n, found.Passage.Title, found.Passage.Heading, found.Passage.Text);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PromptBody))]
[JsonSerializable(typeof(PromptPassage[]))]
internal sealed partial class AnswerPromptJson : JsonSerializerContext
{
    /// <summary>Without escapes beyond what JSON needs: models read Chinese better than <c>\u4e2d</c>.</summary>
    public static AnswerPromptJson Readable { get; } =
        new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        });
}
