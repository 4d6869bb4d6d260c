using System.Text.Json;

namespace ProgressHub.Core.Workloads;

/// <summary>A piece of the result, before the end.</summary>
/// <param name="Index">Which piece, from 0.</param>
/// <param name="Total">Of how many, where that is known.</param>
public sealed record PartialResult(int Index, int? Total)
{
    /// <summary>The piece, where it is text.</summary>
    public string? Text { get; init; }

    /// <summary>The piece, where it is anything else.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Why it failed; null where it is well.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it is well.</summary>
    public bool Ok => Error is null;
}
