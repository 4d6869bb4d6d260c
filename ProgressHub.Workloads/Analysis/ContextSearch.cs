using System.Globalization;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Looks up what is known about a question: earlier ones like it, and what of the table it speaks of.</summary>
internal sealed class ContextSearch(WorkloadContext context, AnalysisServices services, StepLog log)
{
    private const int Step = 2;

    /// <summary>Searches.</summary>
    /// <exception cref="WorkloadException"><c>context_unavailable</c>: the earlier questions can't be read now.</exception>
    public async Task<FoundContext> FindAsync(AskedQuestion asked, TableProfile table)
    {
        await log.InfoAsync(Step, "Searching for contextual information");
        var started = context.Time.GetTimestamp();
        var similar = await FindSimilarAsync(asked);
        var mentions = Mentions.Of(asked.Question, table);
        var found = new FoundContext(similar, mentions.Columns, mentions.Values);
        var took = context.Time.GetElapsedTime(started);
        await log.SuccessAsync(Step, string.Create(
            CultureInfo.InvariantCulture, $"Context search completed in {took.TotalSeconds:0.00}s"), took);
        foreach (var question in similar)
        {
            await log.InfoAsync(Step, string.Create(
                CultureInfo.InvariantCulture, $"Similar ({question.Similarity:0.00}): {question.Question}"));
        }

        return found;
    }

    private async Task<IReadOnlyList<SimilarQuestion>> FindSimilarAsync(AskedQuestion asked)
    {
        try
        {
            return await services.Memory.FindSimilarAsync(asked, context.CancellationToken);
        }
        catch (Exception failure) when (failure is SqliteException or StorageUnavailableException)
        {
            throw new WorkloadException("context_unavailable", "The earlier questions can't be read now.", failure);
        }
    }
}

/// <summary>What is known about a question.</summary>
/// <param name="Similar">Earlier questions of the same data, the most alike first.</param>
/// <param name="Columns">Its words that mean columns.</param>
/// <param name="Values">Its words that are values of a text column.</param>
internal sealed record FoundContext(
    IReadOnlyList<SimilarQuestion> Similar, IReadOnlyList<Mention> Columns, IReadOnlyList<ValueMention> Values)
{
    /// <summary>Nothing.</summary>
    public static FoundContext None { get; } = new([], [], []);

    /// <summary>What words mean that are no names of columns themselves: <c>stock means symbol, 'Energy' is a sector</c>.</summary>
    public string? Expansion
    {
        get
        {
            var meant = Columns.Where(m => m.Only is { } only && !string.Equals(m.Term, only.Name, StringComparison.OrdinalIgnoreCase))
                .Select(m => $"'{m.Term}' means {m.Only!.Name}")
                .Concat(Values.Where(v => v.Columns.Count == 1).Select(v => $"'{v.Value}' is a {v.Columns[0].Name}"))
                .Distinct().Take(10);
            return string.Join(", ", meant) is { Length: > 0 } text ? text : null;
        }
    }
}
