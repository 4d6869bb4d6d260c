using System.Globalization;
using System.Text;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Samples;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>The question of the example has the answer that arithmetic gives.</summary>
public sealed class VolatilityTests
{
    [Fact]
    public void The_most_volatile_instruments_are_those_whose_returns_vary_most()
    {
        var csv = Encoding.UTF8.GetString(AnalysisSamples.Find("prices")!.Content);
        using var table = DuckTable.OfText(csv);

        var plan = Assert.IsType<PlanOutcome.Ready>(
            RulesPlanner.Plan("What stocks have highest volatility?", table.Profile, new Dictionary<string, string>())).Plan;
        var rows = table.Run(plan.Sql).Rows;

        var expected = Expected(csv);
        Assert.Equal(8, expected.Count);
        Assert.Equal(expected.Select(e => e.Symbol), rows.Select(r => (string)r[0]!));
        Assert.All(expected.Zip(rows), pair => Assert.Equal(pair.First.Volatility, (double)pair.Second[1]!, 10));
        Assert.All(rows, row => Assert.Equal(499L, row[2]));
    }

    [Theory]
    [InlineData("Volatility of HALO", "HALO"), InlineData("What is the least volatile stock?", "AURA"), InlineData("哪些股票的波動率最高?", "HALO"), InlineData("top 1 symbols by volatility in 2024", "HALO")]
    public void It_can_be_asked_in_other_words(string question, string first)
    {
        using var table = DuckTable.OfText(Encoding.UTF8.GetString(AnalysisSamples.Find("prices")!.Content));

        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, table.Profile, new Dictionary<string, string>())).Plan;

        Assert.Equal(first, table.Run(plan.Sql).Rows[0][0]);
    }

    private static List<(string Symbol, double Volatility)> Expected(string csv)
    {
        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')).ToList();
        return [.. rows.GroupBy(r => r[1]).Select(g =>
        {
            var closes = g.OrderBy(r => r[0], StringComparer.Ordinal).Select(r => double.Parse(r[6], CultureInfo.InvariantCulture)).ToList();
            var returns = closes.Zip(closes.Skip(1), (before, after) => (after / before) - 1).ToList();
            var mean = returns.Average();
            return (g.Key, Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Count - 1)));
        }).OrderByDescending(v => v.Item2)];
    }
}
