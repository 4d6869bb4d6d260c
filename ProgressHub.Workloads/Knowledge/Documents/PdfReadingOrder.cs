using UglyToad.PdfPig.Content;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>
/// Puts the words of a page in the order in which a person reads them: the page is cut along its widest white gaps, across
/// into bands and down into columns, again and again (recursive X-Y cut: Nagy and Seth, 1984).
/// </summary>
internal static class PdfReadingOrder
{
    private const int MaxDepth = 40;

    // Beyond it a page is a drawing made of words, and the order that they were drawn in must do.
    private const int MaxWords = 20_000;

    public static string Text(IReadOnlyList<Word> words)
    {
        var height = Median(words.Select(w => w.BoundingBox.Height).Where(h => h > 0));
        List<string> blocks = [];
        if (words.Count > MaxWords || height <= 0)
            return string.Join(' ', words.Select(w => w.Text));
        Cut(words, height, blocks, 0);
        return string.Join("\n\n", blocks);
    }

    private static void Cut(IReadOnlyList<Word> words, double height, List<string> blocks, int depth)
    {
        if (depth < MaxDepth)
        {
            // Columns first: a gap that runs down the whole of the block is no accident, where the block has several lines.
            if (Gap(words, w => w.BoundingBox.Left, w => w.BoundingBox.Right, 1.2 * height) is { } x && Lines(words, height).Count > 1)
            {
                Cut([.. words.Where(w => w.BoundingBox.Right <= x)], height, blocks, depth + 1);
                Cut([.. words.Where(w => w.BoundingBox.Right > x)], height, blocks, depth + 1);
                return;
            }

            if (Gap(words, w => w.BoundingBox.Bottom, w => w.BoundingBox.Top, 0.9 * height) is { } y)
            {
                Cut([.. words.Where(w => w.BoundingBox.Bottom >= y)], height, blocks, depth + 1);
                Cut([.. words.Where(w => w.BoundingBox.Bottom < y)], height, blocks, depth + 1);
                return;
            }
        }

        blocks.Add(string.Join('\n', Lines(words, height).Select(line => string.Join(' ', line.OrderBy(w => w.BoundingBox.Left).Select(w => w.Text)))));
    }

    /// <summary>The middle of the widest gap that is wide enough; null where there is none.</summary>
    private static double? Gap(IReadOnlyList<Word> words, Func<Word, double> from, Func<Word, double> to, double least)
    {
        double? best = null;
        var reached = double.NaN;
        foreach (var word in words.OrderBy(from))
        {
            if (!double.IsNaN(reached) && from(word) - reached >= least)
                (best, least) = ((from(word) + reached) / 2, from(word) - reached);
            reached = double.IsNaN(reached) ? to(word) : Math.Max(reached, to(word));
        }

        return best;
    }

    private static List<List<Word>> Lines(IReadOnlyList<Word> words, double height)
    {
        List<List<Word>> lines = [];
        foreach (var word in words.OrderByDescending(w => w.BoundingBox.Bottom))
        {
            if (lines.Count > 0 && lines[^1][0].BoundingBox.Bottom - word.BoundingBox.Bottom < 0.5 * height)
                lines[^1].Add(word);
            else
                lines.Add([word]);
        }

        return lines;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }
}
