using System.Globalization;

namespace ProgressHub.Benchmarks.Soak;

/// <summary>What a server holds at a moment.</summary>
/// <param name="ResidentMiB">Resident memory, MiB.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="LogMiB">The write-ahead log of the jobs, MiB.</param>
/// <param name="DatabaseMiB">Their database, MiB.</param>
/// <param name="DataMiB">The whole data directory, MiB.</param>
internal sealed record SoakReading(double ResidentMiB, double Handles, double Threads, double LogMiB, double DatabaseMiB, double DataMiB)
{
    // Of each: how it is called, which it is, and how much more at the end than before is still noise.
    private static readonly (string Name, Func<SoakReading, double> Value, double Slack)[] Measures =
    [
        ("resident memory, MiB", r => r.ResidentMiB, 40), ("open handles", r => r.Handles, 30), ("threads", r => r.Threads, 10),
        ("write-ahead log, MiB", r => r.LogMiB, 20), ("database, MiB", r => r.DatabaseMiB, 12), ("data directory, MiB", r => r.DataMiB, 40),
    ];

    private const double Growth = 1.1;

    /// <summary>The head of the table that the rows make.</summary>
    public const string Head = "| | second quarter | last quarter | most | flat |\n|---|---|---|---|---|";

    /// <summary>A row for each measure: its median in the second quarter of the time and in the last, the most, and whether it is flat.</summary>
    public static IEnumerable<(string Row, bool IsFlat)> Judge(IReadOnlyList<SoakReading> all)
    {
        var quarter = Math.Max(1, all.Count / 4);
        foreach (var (name, value, slack) in Measures)
        {
            var before = ResultTable.Median([.. all.Skip(quarter).Take(quarter).Select(value)]);
            var last = ResultTable.Median([.. all.TakeLast(quarter).Select(value)]);
            var isFlat = last <= (before * Growth) + slack;
            yield return (string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {before:0.#} | {last:0.#} | {all.Max(value):0.#} | {(isFlat ? "yes" : "**no**")} |"), isFlat);
        }
    }
}
