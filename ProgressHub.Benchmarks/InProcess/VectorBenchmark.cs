using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Workloads.Knowledge.Indexing;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>Exact search of 100,000 vectors of 1,024 dimensions, against a plain loop over the same numbers.</summary>
internal static class VectorBenchmark
{
    private const int Vectors = 100_000;
    private const int Dimensions = 1024;
    private const int Nearest = 10;
    private const int Rounds = 5;
    private const int Searches = 40;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-vectors-").FullName;
        try
        {
            using var store = new EmbeddedVectorStore(folder, NullLogger<EmbeddedVectorStore>.Instance);
            var space = new VectorSpace("bench", Dimensions);
            var plain = new float[Vectors][];
            var random = new Random(1);
            for (var from = 0; from < Vectors; from += 1000)
            {
                var points = Enumerable.Range(from, 1000).Select(i => new VectorPoint(i + 1, plain[i] = Vector(random))).ToArray();
                await store.UpsertAsync(space, points, CancellationToken.None);
            }

            List<double> middle = [], worst = [], theirs = [];
            await MeasureAsync(store, space, random, []);
            for (var round = 0; round < Rounds; round++)
            {
                List<double> times = [];
                await MeasureAsync(store, space, random, times);
                times.Sort();
                middle.Add(times[times.Count / 2]);
                worst.Add(times[(int)Math.Ceiling(times.Count * 0.99) - 1]);
                theirs.Add(Loop(plain, Vector(random)));
            }

            return
            [
                new Result("search of 100,000 × 1,024 vectors, p50", "ms", [.. middle], "scalar loop, one thread", [.. theirs], "< 50 ms"),
                new Result("search of 100,000 × 1,024 vectors, p99", "ms", [.. worst], "scalar loop, one thread", [.. theirs], "< 50 ms"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(EmbeddedVectorStore store, VectorSpace space, Random random, List<double> times)
    {
        for (var i = 0; i < Searches; i++)
        {
            var query = Vector(random);
            var begun = Stopwatch.GetTimestamp();
            _ = await store.SearchAsync(space, query, Nearest, null, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
    }

    private static double Loop(float[][] vectors, float[] query)
    {
        var begun = Stopwatch.GetTimestamp();
        var scores = new Scored[vectors.Length];
        for (var i = 0; i < vectors.Length; i++)
        {
            var vector = vectors[i];
            var sum = 0f;
            for (var d = 0; d < vector.Length; d++)
                sum += vector[d] * query[d];
            scores[i] = new Scored(i + 1, sum);
        }

        _ = TopK.Of(scores, Nearest);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static float[] Vector(Random random)
    {
        var vector = new float[Dimensions];
        var sum = 0.0;
        for (var i = 0; i < Dimensions; i++)
        {
            vector[i] = (float)(random.NextDouble() - 0.5);
            sum += vector[i] * vector[i];
        }

        var norm = (float)Math.Sqrt(sum);
        for (var i = 0; i < Dimensions; i++)
            vector[i] /= norm;
        return vector;
    }
}
