using System.Xml.Linq;
using ProgressHub.Core.Workloads.Analysis.Charts;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Charts are drawings that any program can show, and nothing else.</summary>
public sealed class SvgChartTests
{
    private const string Nasty = "<script>alert('x')</script> & \"quotes\" \u0001 \ud83d\ude80";

    [Theory]
    [InlineData(ChartType.Bar, "rect"), InlineData(ChartType.Line, "polyline"), InlineData(ChartType.Scatter, "circle")]
    public void Each_kind_is_drawn_as_XML_and_texts_stay_texts(ChartType type, string element)
    {
        ChartPoint[] points = [new(Nasty, 1, -3), new("b", 2, 5), new("c", 3, 0.5)];

        var drawn = SvgChart.Draw(new ChartSpec(type, Nasty, Nasty, Nasty, [new ChartSeries(Nasty, points)]))!;

        var svg = XDocument.Parse(drawn).Root!;
        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Contains(svg.Descendants(), e => e.Name.LocalName == element);
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
        Assert.DoesNotContain("NaN", drawn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0), InlineData(5, 5), InlineData(-1e300, 1e300), InlineData(1e-12, 2e-12)]
    public void Axes_have_a_few_round_numbers_whatever_the_values(double least, double most)
    {
        var scale = Scale.Over(least, most, withZero: false);

        Assert.InRange(scale.Ticks.Count, 2, 13);
        Assert.InRange(scale.Share(least), 0, 1);
        Assert.InRange(scale.Share(most), 0, 1);
        Assert.True(scale.From <= least && scale.To >= most);
    }

    [Fact]
    public void Where_there_is_nothing_to_draw_nothing_is_drawn() =>
        Assert.Null(SvgChart.Draw(new ChartSpec(ChartType.Table, "", null, null, [])));
}
