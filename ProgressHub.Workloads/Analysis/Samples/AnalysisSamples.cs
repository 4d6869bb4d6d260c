using System.Security.Cryptography;

namespace ProgressHub.Workloads.Analysis.Samples;

/// <summary>
/// Tables to try questions with. <c>prices</c> was made for this project: eight instruments over 500 working days from
/// 2023-01-02, each a random walk of its own (close = close before × exp(drift − σ²/2 + σ·normal), the normal numbers by
/// Box and Muller from a 64-bit linear congruential generator), with σ from 0.6 % to 4.5 % a day, so that their volatility
/// is plainly different. No real instrument is meant.
/// </summary>
public static class AnalysisSamples
{
    private static readonly Dictionary<string, Lazy<SampleTable>> Tables = new(StringComparer.Ordinal)
    {
        ["prices"] = new(() => Read(
            "prices", "Prices of eight instruments", "Open, high, low, close and volume of eight made-up instruments over 500 working days.",
            [
                "What stocks have highest volatility?", "Trend of close by month", "Average close by sector in 2024",
                "Correlation between open and close", "Which symbol had the most volume?",
            ])),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SampleTable> All => [.. Tables.Values.Select(t => t.Value)];

    /// <summary>The one of that id; null where there is none.</summary>
    public static SampleTable? Find(string id) => Tables.TryGetValue(id, out var table) ? table.Value : null;

    private static SampleTable Read(string id, string label, string description, IReadOnlyList<string> questions)
    {
        var type = typeof(AnalysisSamples);
        using var stream = type.Assembly.GetManifestResourceStream($"{type.Namespace}.{id}.csv")
            ?? throw new InvalidOperationException($"The sample '{id}' is not in the assembly.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new SampleTable(id, label, description, questions)
        {
            Content = content.ToArray(), Hash = Convert.ToHexStringLower(SHA256.HashData(content.ToArray())),
        };
    }
}

/// <summary>A table that comes with the server.</summary>
/// <param name="Id">Its name in the API.</param>
/// <param name="Label">Its name for a person.</param>
/// <param name="Description">What is in it.</param>
/// <param name="Questions">What could be asked of it.</param>
public sealed record SampleTable(string Id, string Label, string Description, IReadOnlyList<string> Questions)
{
    /// <summary>Its bytes: CSV in UTF-8.</summary>
    internal byte[] Content { get; init; } = [];

    /// <summary>Their SHA-256.</summary>
    internal string Hash { get; init; } = "";
}
