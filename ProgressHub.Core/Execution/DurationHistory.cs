using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Execution;

/// <summary>
/// What earlier jobs took, kept near for as long as it is news. Estimates are worth having and never worth waiting for:
/// where the store can't answer, nothing is known, and where it can't keep a run, that run is forgotten.
/// </summary>
internal sealed partial class DurationHistory(IDurationStore store, TimeProvider time, ILogger<DurationHistory> logger)
{
    private const int MaxModels = 1000;
    private const int MaxWrites = 64;

    // A job that is over in a moment needs no estimate, and a thousand of them a second no statistics.
    private const double LeastJobMs = 200;

    // Of a stage of which most was restored, the rest says little about the whole.
    private const double MostRestored = 0.5;
    private static readonly TimeSpan NewsFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Kind, string Engine), (DateTimeOffset At, DurationModel Model)> _models = [];
    private int _writes;

    /// <summary>What is known of a workload with an engine.</summary>
    public async ValueTask<DurationModel> FindAsync(string kind, string? engine, CancellationToken cancellationToken)
    {
        var key = (kind, engine ?? "");
        var now = time.GetUtcNow();
        if (_models.TryGetValue(key, out var known) && now - known.At < NewsFor)
            return known.Model;
        try
        {
            var model = new DurationModel(await store.ReadAsync(key.kind, key.Item2, cancellationToken));
            if (_models.Count >= MaxModels)
                _models.Clear();
            _models[key] = (now, model);
            return model;
        }
        catch (StorageUnavailableException)
        {
            return DurationModel.None;
        }
    }

    /// <summary>Keeps what the stages of a job took, in its own time.</summary>
    public void Add(string kind, string? engine, StagePlan plan, IReadOnlyList<FinishedStage> stages)
    {
        if (stages.Sum(stage => stage.Ms) < LeastJobMs)
            return;
        var now = time.GetUtcNow();
        StageRun[] runs =
        [
            .. stages
                .Where(stage => stage.Restored <= MostRestored && plan.Stages[plan.IndexOf(stage.Name)].Learned)
                .Where(stage => stage.Size is not null || stage.Restored == 0)
                .Select(stage => new StageRun(kind, engine ?? "", stage.Name, stage.Size, stage.Ms, now) { Profile = stage.Profile?.ToString() }),
        ];
        if (runs.Length > 0)
            _ = SaveAsync((kind, engine ?? ""), runs);
    }

    private async Task SaveAsync((string Kind, string Engine) key, StageRun[] runs)
    {
        try
        {
            if (Interlocked.Increment(ref _writes) <= MaxWrites)
                await store.AddAsync(runs, CancellationToken.None);
            _models.TryRemove(key, out _);
        }
        catch (Exception exception)
        {
            LogForgotten(exception, key.Kind);
        }
        finally
        {
            Interlocked.Decrement(ref _writes);
        }
    }

    [LoggerMessage(LogLevel.Debug, "How long a {Kind} job took could not be kept.")]
    private partial void LogForgotten(Exception exception, string kind);
}
