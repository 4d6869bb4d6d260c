using System.Globalization;
using ProgressHub.Core.Workloads.Inference;

namespace ProgressHub.Core.Workloads.Transcription.Engines;

/// <summary>
/// What went wrong with <c>whisper-cli</c>, by what it said: it ends with 0 after many of its errors, and with 134 where
/// it ran into an assertion.
/// </summary>
internal static class WhisperFaults
{
    private const int Aborted = 134;
    private const int Killed = 137;
    private const int Terminated = 143;

    /// <summary>The failure; null where it went well as far as the process can tell.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="model">The name of the model.</param>
    public static WorkloadException? Of(ChildResult result, string model)
    {
        var said = result.Error;
        if (Says("invalid model data") || Says("not all tensors loaded") || Says("no tensors loaded"))
            return BadModel(model, result);
        if (Says("failed to open") && Says(".json") && Says("for writing"))
            return Fault("disk_full", "whisper-cli could not write its result; is the disk full?", result);
        if (Says("failed to initialize whisper context") || result.ExitCode == 3)
            return Fault("model_not_found", $"whisper-cli can't open the model '{model}'. {WhisperModels.Source} has models.", result);
        if (Says("failed to read audio file") || Says("input file not found"))
            return Fault("engine_failed", "whisper-cli could not read the audio.", result);
        if (Says("error: unknown language"))
            return Fault("unsupported_language", "whisper-cli does not know this language.", result);
        if (Says("error: unknown argument") || Says("error: unknown"))
            return Fault("engine_failed", "This whisper-cli does not know an option that it needs to know; is it older than 1.5?", result);
        return result.ExitCode switch
        {
            0 => said.Split('\n').FirstOrDefault(line => line.StartsWith("error:", StringComparison.OrdinalIgnoreCase)) is { } error
                ? Fault("engine_failed", $"whisper-cli reported an {error.Trim()}", result)
                : null,
            Aborted => BadModel(model, result),
            Killed => Fault("engine_failed", $"whisper-cli was killed. Is there enough memory for the model '{model}'?", result),
            Terminated => new WorkloadException("engine_unavailable", "whisper-cli was ended from outside.", Cause(result)) { IsTransient = true },
            var code => Fault("engine_failed", string.Create(CultureInfo.InvariantCulture, $"whisper-cli failed with exit code {code}."), result),
        };

        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>It ended well and left no result that can be read.</summary>
    public static WorkloadException NoResult(ChildResult result) =>
        Fault("engine_failed", "whisper-cli left no result that can be read.", result);

    private static WorkloadException BadModel(string model, ChildResult result) => Fault(
        "bad_model", $"The Whisper model '{model}' is broken or cut off; download it again from {WhisperModels.Source}.", result);

    private static WorkloadException Fault(string code, string message, ChildResult result) => new(code, message, Cause(result));

    private static InvalidOperationException Cause(ChildResult result) => new(
        string.Create(CultureInfo.InvariantCulture, $"whisper-cli ended with {result.ExitCode} and said: {result.Error}"));
}
