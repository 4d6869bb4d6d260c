using ProgressHub.Workloads.Inference.Prompts;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Inference;

/// <summary>What a model is asked. A class and not a record, so that nothing prints its key by accident.</summary>
internal sealed class ChatOrder(IChatEngine engine, PromptFile prompt, IReadOnlyDictionary<string, string> values)
{
    public IChatEngine Engine { get; } = engine;

    public PromptFile Prompt { get; } = prompt;

    /// <summary>What goes into the prompt.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } = values;

    public string? Model { get; init; }

    public string? ApiKey { get; init; }

    /// <summary>How long the answer will be, in characters.</summary>
    public int ExpectedCharacters { get; init; }

    /// <summary>Counts what it uses; null where nobody does.</summary>
    public JobMeter? Meter { get; init; }

    /// <summary>What the model may call on the way; null for nothing.</summary>
    public ChatFunctions? Functions { get; init; }
}
