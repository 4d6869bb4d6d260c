using System.Xml.Linq;
using ProgressHub.Workloads.Analysis.Charts;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Charts are drawings that any program can show, and nothing else.</summary>
public sealed class SvgChartTests
{
    private const string Nasty = "<script>alert('x')</script> & \"quotes\" \u0001 \ud83d\ude80";

    [Theory]
    [InlineData(ChartType.Bar, "rect"), InlineData(ChartType.Line, "polyline"), InlineData(ChartType.Scatter, "circle"), InlineData(ChartType.Stacked, "rect")]
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

    [Fact]
    public void Parts_that_add_up_are_stacked_and_told_where_one_points_at_them()
    {
        ChartSeries[] series = [new("new", [new("West", null, 3), new("East", null, 1)]), new("old", [new("West", null, 4)])];

        var svg = XDocument.Parse(SvgChart.Draw(new ChartSpec(ChartType.Stacked, "t", "region", "amount", series), ChartInk.OfPage)!).Root!;

        var bars = svg.Elements().Where(e => e.Name.LocalName == "rect").ToList();
        Assert.Equal(["West, new: 3", "East, new: 1", "West, old: 4"], bars.Select(b => b.Elements().Single().Value));
        Assert.Equal(At(bars[0], "y"), At(bars[2], "y") + At(bars[2], "height"), 1);
        Assert.Equal(3.0 / 4, At(bars[0], "height") / At(bars[2], "height"), 1);
        Assert.DoesNotContain(svg.Descendants().Attributes("fill"), fill => fill.Value == "#ffffff");
        Assert.Contains(svg.Descendants().Attributes("fill"), fill => fill.Value == "currentColor");
    }

    [Fact]
    public void Numbers_on_an_axis_are_short_and_can_be_told_apart()
    {
        Assert.Contains("1.5M", Scale.Over(0, 2_900_000, withZero: true).Labels);
        Assert.Contains("20k", Scale.Over(0, 60_000, withZero: true).Labels);
        Assert.All([Scale.Over(1_000_000, 1_000_005, withZero: false), Scale.Over(12_000, 12_001, withZero: false)], s => Assert.Equal(s.Ticks.Count, s.Labels.Distinct().Count()));
    }

    private static double At(XElement element, string name) => (double)element.Attribute(name)!;
}
