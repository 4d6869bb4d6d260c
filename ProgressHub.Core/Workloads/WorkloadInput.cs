using System.Text.Json;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// The input of one job: its JSON, and what its workload made of it. It is read once, when the job is submitted or, after a
/// restart, when an attempt begins, and kept for as long as the attempt lasts. Safe to use from any thread.
/// </summary>
/// <param name="json">The input as it was sent, its secrets included as far as they are still in memory.</param>
public sealed class WorkloadInput(JsonElement json)
{
    private readonly Lock _gate = new();
    private object? _value;

    internal WorkloadInput(JsonElement json, object? value)
        : this(json) => _value = value;

    /// <summary>The JSON.</summary>
    public JsonElement Json { get; } = json;

    /// <summary>What it was read as; null where nobody has read it yet.</summary>
    internal object? Value
    {
        get
        {
            lock (_gate)
                return _value;
        }
    }

    /// <summary>The input as <typeparamref name="T"/>; reads it the first time and remembers the outcome.</summary>
    /// <param name="read">Reads the JSON. What it throws is thrown here and not remembered.</param>
    public T Read<T>(Func<JsonElement, T> read)
        where T : class
    {
        lock (_gate)
        {
            if (_value is T known)
                return known;
            var value = read(Json);
            _value = value;
            return value;
        }
    }
}
