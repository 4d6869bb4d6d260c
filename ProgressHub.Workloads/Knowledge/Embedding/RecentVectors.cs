using System.Collections.Concurrent;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>The vectors of the texts that were read last, so that the passages people ask about most are read once.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class RecentVectors(int most)
{
    private readonly ConcurrentDictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public float[]? Find(string text) => _vectors.GetValueOrDefault(text);

    public void Add(string text, float[] vector)
    {
        if (!_vectors.TryAdd(text, vector))
            return;
        _order.Enqueue(text);
        while (_vectors.Count > most && _order.TryDequeue(out var oldest))
            _vectors.TryRemove(oldest, out _);
    }
}
