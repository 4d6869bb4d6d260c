using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>Something that answers from passages. One instance serves all jobs, several at once.</summary>
internal interface IAnswerer
{
    /// <summary>Its name in the API, such as <c>extractive</c>.</summary>
    string Id { get; }

    /// <summary>Whether it can work as configured.</summary>
    EngineStatus Status { get; }

    /// <summary>What is still missing to use it, as one setting to change; null where nothing is.</summary>
    string? Missing(string? model, string? apiKey);

    /// <summary>Answers, words as they come. Tries once.</summary>
    /// <exception cref="WorkloadException">It failed; transient or not.</exception>
    IAsyncEnumerable<string> AnswerAsync(AnswerOrder order, CancellationToken cancellationToken);
}

/// <summary>What is asked of an engine. A class and not a record, so that nothing prints its key by accident.</summary>
internal sealed class AnswerOrder(string question, AskLanguage language, CitedPassages passages)
{
    public string Question { get; } = question;

    public AskLanguage Language { get; } = language;

    /// <summary>What to answer from; the first is cited as <c>[1]</c>.</summary>
    public CitedPassages Passages { get; } = passages;

    public string? Model { get; init; }

    public string? ApiKey { get; init; }

    /// <summary>Counts what models are used; null where nobody does.</summary>
    public JobMeter? Meter { get; init; }

    /// <summary>Searches that the engine may ask for while it answers; null for none.</summary>
    public FurtherSearch? Search { get; init; }
}
