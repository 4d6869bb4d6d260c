using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Vectors without a model: hashed character n-grams. Words as <c>&lt;word&gt;</c> and their 3- to 5-grams, of scripts
/// without spaces 1- to 3-grams; signed feature hashing (Weinberger and others, 2009) with FNV-1a; weights 1 + ln tf;
/// length 1, so that a dot product is a cosine. They know spellings, not meanings: "lamp" and "lamps" are near, "lamp" and
/// "light" are not.
/// </summary>
internal static class HashedVectors
{
    /// <summary>How many numbers a vector has.</summary>
    public const int Dimensions = 1024;

    /// <summary>Their version: vectors of two versions can't be compared.</summary>
    public const string Id = "hashed-1";

    /// <summary>The vector of one text; all zeros where it has no word.</summary>
    /// <param name="folded">The text, after <see cref="CjkText.Fold"/>.</param>
    public static float[] Of(string folded)
    {
        var counts = Grams(folded);
        var vector = new float[Dimensions];
        foreach (var (hash, count) in counts)
        {
            // The lowest bits choose the place, the highest the sign.
            var weight = 1 + MathF.Log(count);
            vector[hash % Dimensions] += (hash >> 63) == 0 ? weight : -weight;
        }

        var norm = TensorPrimitives.Norm(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }

    private static Dictionary<ulong, int> Grams(string folded)
    {
        var counts = new Dictionary<ulong, int>();
        var word = new StringBuilder();
        var run = new List<Rune>();
        foreach (var rune in folded.EnumerateRunes())
        {
            if (CjkText.IsCjk(rune))
            {
                EndWord(word, counts);
                run.Add(rune);
                continue;
            }

            EndRun(run, counts);
            if (CjkText.IsWord(rune))
                word.Append(rune.ToString());
            else
                EndWord(word, counts);
        }

        EndRun(run, counts);
        EndWord(word, counts);
        return counts;
    }

    private static void EndWord(StringBuilder word, Dictionary<ulong, int> counts)
    {
        if (word.Length == 0)
            return;
        var bounded = $"<{word}>";
        word.Clear();
        Count(bounded, counts);
        for (var size = 3; size <= 5; size++)
        {
            for (var i = 0; i + size <= bounded.Length && size < bounded.Length; i++)
                Count(bounded.AsSpan(i, size), counts);
        }
    }

    private static void EndRun(List<Rune> run, Dictionary<ulong, int> counts)
    {
        Span<char> gram = stackalloc char[6];
        for (var i = 0; i < run.Count; i++)
        {
            var length = 0;
            for (var size = 1; size <= 3 && i + size <= run.Count; size++)
            {
                length += run[i + size - 1].EncodeToUtf16(gram[length..]);
                Count(gram[..length], counts);
            }
        }

        run.Clear();
    }

    private static void Count(ReadOnlySpan<char> gram, Dictionary<ulong, int> counts) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, Fnv1a.Hash(gram), out _)++;
}
