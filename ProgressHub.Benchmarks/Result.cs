using System.Globalization;
using System.Text;

namespace ProgressHub.Benchmarks;

/// <summary>One line of the table: ours and a peer, measured in turn in one run.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Unit">In what; smaller is better unless <paramref name="HigherIsBetter"/>.</param>
/// <param name="Ours">Our figures, one a round.</param>
/// <param name="Peer">The peer's name.</param>
/// <param name="Theirs">Its figures, one a round; empty where the target is absolute.</param>
/// <param name="Target">What we mean to reach.</param>
/// <param name="HigherIsBetter">Whether more is better.</param>
internal sealed record Result(
    string What, string Unit, double[] Ours, string Peer, double[] Theirs, string Target, bool HigherIsBetter = false);

/// <summary>The results as a table of medians, spreads and ratios.</summary>
internal sealed class ResultTable
{
    private const double LeastToCompare = 1e-6;
    private readonly List<Result> _results = [];

    public void AddRange(IEnumerable<Result> results) => _results.AddRange(results);

    public string ToMarkdown()
    {
        var text = new StringBuilder()
            .AppendLine("| measured | ours (min–max) | peer (min–max) | ratio | target |")
            .AppendLine("|---|---|---|---|---|");
        foreach (var r in _results)
        {
            var ratio = r.Theirs.Length == 0 || Median(r.Theirs) < LeastToCompare ? "" : string.Create(
                CultureInfo.InvariantCulture, $"**{Median(r.Ours) / Median(r.Theirs):0.###}**");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {r.What}, {r.Unit} | {Figure(r.Ours)} | {(r.Theirs.Length == 0 ? r.Peer : $"{r.Peer}: {Figure(r.Theirs)}")} | {ratio} | {r.Target} |");
        }

        return text.ToString();
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static string Figure(double[] values) => values.Length == 1
        ? Round(values[0])
        : $"{Round(Median(values))} ({Round(values.Min())}–{Round(values.Max())})";

    private static string Round(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.#", >= 1 => "0.##", _ => "0.###" }, CultureInfo.InvariantCulture);
}
