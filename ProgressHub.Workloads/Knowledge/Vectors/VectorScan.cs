using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// Compares a query with every record of a block of memory: exact, with SIMD, on all cores. The time is that of reading
/// the memory once.
/// </summary>
internal static class VectorScan
{
    // Below it, starting another thread takes longer than it saves.
    private const int LeastPerThread = 2048;

    /// <summary>The records nearest to a query, best first.</summary>
    /// <param name="records">Records as <see cref="VectorRecord"/> lays them out; it stays where it is.</param>
    /// <param name="count">How many.</param>
    /// <param name="query">Of length 1; as long as the records' vectors.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="within">The only ids that count; null for all.</param>
    /// <param name="cancellationToken">Ends it within some thousand comparisons.</param>
    public static unsafe IReadOnlyList<Scored> Search(
        byte* records, int count, float[] query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken)
    {
        var threads = Math.Clamp(count / LeastPerThread, 1, Environment.ProcessorCount);
        var found = new List<Scored>[threads];
        var share = (count + threads - 1) / threads;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            var from = thread * share;
            found[thread] = SearchPart(records, from, Math.Min(count, from + share), query, limit, within, cancellationToken);
        });
        cancellationToken.ThrowIfCancellationRequested();
        return TopK.Of(found.SelectMany(part => part), limit);
    }

    private static unsafe List<Scored> SearchPart(
        byte* records, int from, int to, ReadOnlySpan<float> query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken)
    {
        var size = VectorRecord.Size(query.Length);

        // A query for one part of the vectors is zero elsewhere: there is no need to read that.
        var (first, end) = (query.IndexOfAnyExcept(0f), query.LastIndexOfAnyExcept(0f) + 1);
        var part = first < 0 ? [] : query[first..end];
        var offset = VectorRecord.HeaderSize + (Math.Max(first, 0) * sizeof(float));
        var kept = new PriorityQueue<Scored, (float, long)>(limit + 1);
        var worst = float.NegativeInfinity;
        for (var i = from; i < to; i++)
        {
            if ((i & 0xFFF) == 0 && cancellationToken.IsCancellationRequested)
                break;
            var record = new ReadOnlySpan<byte>(records + ((long)i * size), size);
            if (!VectorRecord.IsLive(record) || within?.Contains(VectorRecord.Id(record)) == false)
                continue;
            var score = TensorPrimitives.Dot(MemoryMarshal.Cast<byte, float>(record.Slice(offset, part.Length * sizeof(float))), part);
            // Written so that a score that is no number is passed over.
            if (!(score > worst) && kept.Count == limit)
                continue;
            var id = VectorRecord.Id(record);
            kept.Enqueue(new Scored(id, score), (score, -id));
            if (kept.Count > limit)
                kept.Dequeue();
            if (kept.Count == limit && kept.TryPeek(out _, out var least))
                worst = least.Item1;
        }

        return [.. kept.UnorderedItems.Select(item => item.Element)];
    }
}
