using System.Globalization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// Watches a Whisper worker: one that does not load its model in time, or says nothing for long, is ended. What ends before
/// anything was heard with a model is laid to that model.
/// </summary>
/// <param name="name">The model, for a person.</param>
/// <param name="path">Its file.</param>
/// <param name="options">How long is too long.</param>
/// <param name="time">The clock.</param>
internal sealed class WhisperWatch(string name, string path, TranscriptionOptions options, TimeProvider time)
{
    // The slowest disk that a model is read from.
    private const double BytesPerSecond = 20e6;
    private bool _loaded;
    private bool _heard;

    /// <summary>Runs a request, which tells of each message of the worker.</summary>
    /// <exception cref="WorkloadException"><c>model_unusable</c>, <c>engine_failed</c> or <c>engine_unavailable</c>.</exception>
    public async Task<string?> RunAsync(Func<Action<WhisperNews>, CancellationToken, Task<string?>> ask, CancellationToken cancellationToken)
    {
        var loading = options.WhisperLoadTimeout + TimeSpan.FromSeconds(new FileInfo(path).Length / BytesPerSecond);
        using var patience = new CancellationTokenSource(loading, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ask(news => Heard(news, patience), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _loaded
                ? new WorkloadException("engine_failed", Text($"Whisper said nothing for {options.WhisperSilenceTimeout:g} with the model '{name}' and was ended."))
                : WhisperModels.Unusable(path, Text($"it was not loaded within {loading.TotalSeconds:0} s"));
        }
        catch (WorkerEndedException ended)
        {
            throw Fault(ended);
        }
    }

    private void Heard(WhisperNews news, CancellationTokenSource patience)
    {
        _loaded |= news.Loaded;
        _heard |= news.Segment is not null || news.Reached > 0;
        patience.CancelAfter(options.WhisperSilenceTimeout);
    }

    private WorkloadException Fault(WorkerEndedException ended) => ended.End switch
    {
        WorkerEnd.NotStarted => new WorkloadException("engine_unavailable", $"Whisper can't be started. {ended.Message}", ended),
        WorkerEnd.OutOfMemory when !_heard => WhisperModels.Unusable(path, "it wants more memory than a model of its size needs; it is broken, or the machine has too little", ended),
        WorkerEnd.OutOfMemory => new WorkloadException("engine_failed", $"Whisper ran out of memory with the model '{name}'.", ended),
        WorkerEnd.Garbage => new WorkloadException("engine_failed", "Whisper's process said what makes no sense and was ended.", ended),
        _ when !_heard => WhisperModels.Unusable(path, "whisper.cpp ended while it worked with it", ended),
        _ => new WorkloadException("engine_failed", "Whisper's process ended in the middle of its work.", ended),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
