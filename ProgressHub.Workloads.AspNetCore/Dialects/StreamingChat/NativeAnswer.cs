using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>What this dialect reads of an ask job's result.</summary>
internal sealed record NativeAnswer(string? Answer, string? Engine, NativeConfidence? Confidence, JsonElement? Citations)
{
    /// <summary>Reads a result; without one, nothing is in it.</summary>
    public static NativeAnswer Read(ResultDocument? result) =>
        (result is { } document ? JsonSerializer.Deserialize(document.Body.Span, ChatJson.Native.NativeAnswer) : null)
        ?? new NativeAnswer(null, null, null, null);

    public ChatResult ToResult(long totalMs) => new(
        Answer ?? "", (int)Math.Round(100 * (Confidence?.Value ?? 0)), totalMs, Engine, Citations);
}

/// <summary>How well what was found fits the question, 0..1.</summary>
internal sealed record NativeConfidence(double Value);
