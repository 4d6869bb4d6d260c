using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>Something that translates. One instance serves all jobs, several at once.</summary>
internal interface ITranslator
{
    /// <summary>Its name in the API, such as <c>apertium</c>.</summary>
    string Id { get; }

    /// <summary>Whether a complaint can make its next answer another one; a program says the same thing twice.</summary>
    bool TakesComplaints { get; }

    /// <summary>Whether it can work here.</summary>
    ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Checks an order before a job is accepted.</summary>
    /// <exception cref="WorkloadException"><c>engine_unavailable</c> or <c>unsupported_language</c>.</exception>
    ValueTask CheckAsync(TranslationOrder order, CancellationToken cancellationToken);

    /// <summary>Translates segments, one answer each, in their order. Tries once; trying again is its caller's.</summary>
    /// <param name="segments">Masked segments: <c>⟦0⟧</c> stands for something fixed.</param>
    /// <param name="order">From what to what, and with what.</param>
    /// <param name="complaint">What was wrong with its last answer to these segments; null the first time.</param>
    /// <param name="cancellationToken">Ends it, within a second.</param>
    /// <returns>The answers, null where one could not be read. A wrong number of them is for the caller to notice.</returns>
    /// <exception cref="WorkloadException">It failed; transient or not.</exception>
    Task<IReadOnlyList<string?>> TranslateAsync(
        IReadOnlyList<string> segments, TranslationOrder order, string? complaint, CancellationToken cancellationToken);
}

/// <summary>What is asked of an engine. A class and not a record, so that nothing prints its key by accident.</summary>
internal sealed class TranslationOrder(string? from, string to, string? model, string? apiKey)
{
    /// <summary>The language of the text; null where the engine is to find out.</summary>
    public string? From { get; } = from;

    public string To { get; } = to;

    public string? Model { get; } = model;

    public string? ApiKey { get; } = apiKey;

    /// <summary>Counts what models are used; null where nobody does.</summary>
    public JobMeter? Meter { get; init; }
}
