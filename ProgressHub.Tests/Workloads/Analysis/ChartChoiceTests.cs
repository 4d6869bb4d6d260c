using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Planning;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>The chart that a question's answer gets, by the shape of the answer.</summary>
public sealed class ChartChoiceTests : IDisposable
{
    private readonly TableFile _table = new(System.Text.Encoding.UTF8.GetBytes(
        """
        order_id,order_date,region,product,quantity,sales_amount
        1,2023-05-02,North,Lamp,4,50
        2,2023-12-24,North,Chair,3,100
        3,2024-01-15,West,Lamp,2,100
        4,2024-02-01,East,Desk,5,20
        5,2024-03-10,East,Desk,6,200
        6,2024-04-02,West,Lamp,4,100
        """), null, "orders.csv");

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("total sales by region", "Bar")]
    [InlineData("top 2 products by sales amount", "Bar")]
    [InlineData("total sales by month", "Line")]
    [InlineData("total sales by month and region", "Line")]
    [InlineData("running total of sales by month", "Line")]
    [InlineData("total sales by region and product", "Stacked")]
    [InlineData("average sales by region and product", "Bar")]
    [InlineData("correlation of quantity and sales amount", "Scatter")]
    [InlineData("total sales", "Table")]
    [InlineData("orders in West", "Table")]
    [InlineData("list all regions", "Table")]
    [InlineData("total sales by region in May 2023", "Table")]
    public void The_shape_of_the_answer_decides(string question, string type)
    {
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, _table.Profile, new Dictionary<string, string>())).Plan;

        var chart = ChartMaker.Of(plan, _table.Run(plan.Sql), plan.PointsSql is { } points ? _table.Run(points) : null);

        Assert.Equal(type, chart.Type.ToString());
    }

    [Fact]
    public void What_is_stacked_has_all_that_there_is()
    {
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan("total sales by region and product", _table.Profile, new Dictionary<string, string>())).Plan;

        var chart = ChartMaker.Of(plan, _table.Run(plan.Sql), null);

        Assert.Equal(570, chart.Series.Sum(s => s.Points.Sum(p => p.Y)));
    }
}
