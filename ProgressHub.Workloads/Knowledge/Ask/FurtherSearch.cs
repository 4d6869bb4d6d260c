using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>Searches that a model asks for while it answers: each is told, and what it finds can be cited.</summary>
/// <param name="context">The job.</param>
/// <param name="phrases">How it is told.</param>
/// <param name="passages">What is known, and grows.</param>
/// <param name="find">Searches the collection.</param>
internal sealed class FurtherSearch(
    WorkloadContext context, AskPhrases phrases, CitedPassages passages, Func<string, CancellationToken, Task<Findings>> find)
{
    /// <summary>How often a model may search.</summary>
    public const int Most = 3;

    // Longer ones are no search any more.
    private const int MaxQuery = AskInput.MaxQuestion;

    /// <summary>Hears that a search begins: what was written so far is no answer.</summary>
    public Action Begun { get; init; } = static () => { };

    /// <summary>Hears that there is more to cite.</summary>
    public Func<Task> Found { get; init; } = static () => Task.CompletedTask;

    /// <summary>A search begins.</summary>
    public async ValueTask BeginAsync(int number, string query)
    {
        Begun();
        var message = phrases.SearchesAgain(number, Most, query);
        context.Progress.Report(new ProgressUpdate(Message: message) { Fraction = 0.27 + 0.06 * number, Estimated = true });
        await context.LogAsync(JobLogLevel.Info, message, number, Most);
    }

    /// <summary>The model is asked without searches, since it takes none.</summary>
    public ValueTask WithoutAsync() => context.LogAsync(JobLogLevel.Info, phrases.WithoutSearches);

    /// <summary>Searches.</summary>
    public async Task<IReadOnlyList<PromptPassage>> SearchAsync(string query, CancellationToken cancellationToken)
    {
        var before = passages.Count;
        var found = await find(query.Length <= MaxQuery ? query : query[..MaxQuery], cancellationToken);
        IReadOnlyList<PromptPassage> numbered = [.. found.Passages.Select(p => PromptPassage.Of(passages.NumberOf(p), p))];
        await context.LogAsync(
            passages.Count > before ? JobLogLevel.Success : JobLogLevel.Info, phrases.FoundMore(passages.Count - before));
        if (passages.Count > before)
            await Found();
        return numbered;
    }
}
