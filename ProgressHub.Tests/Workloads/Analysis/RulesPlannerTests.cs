using ProgressHub.Core.Workloads.Analysis.Planning;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Questions in plain words become the queries a person would write.</summary>
public sealed class RulesPlannerTests(RulesPlannerTests.Orders orders) : IClassFixture<RulesPlannerTests.Orders>
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("How many rows are there?", "8")]
    [InlineData("How many orders where region is West?", "3")]
    [InlineData("how many rows in 2024", "6")]
    [InlineData("count rows since March 2024", "4")]
    [InlineData("How many rows with quantity above 5?", "2")]
    [InlineData("How many rows where quantity is at least 5", "3")]
    [InlineData("How many different products are there?", "3")]
    [InlineData("How many products are there?", "3")]
    [InlineData("How many regions in 2024", "2")]
    [InlineData("compare average quantity of Lamp and Chair", "Lamp 5.5|Chair 3")]
    [InlineData("Total sales", "1150")]
    [InlineData("What is the total sales amount in the West region?", "600")]
    [InlineData("What is the average quantity?", "5.142857142857143")]
    [InlineData("median of quantity", "4")]
    [InlineData("maximum quantity", "12")]
    [InlineData("average quantity for Lamp and Chair", "5")]
    [InlineData("total sales amount not West", "550")]
    [InlineData("total sales between 2024-01-01 and 2024-03-31", "300")]
    [InlineData("total sales before 2024", "150")]
    [InlineData("Total sales by region", "West 600|East 400|North 150")]
    [InlineData("Which region has the highest total sales?", "West 600|East 400|North 150")]
    [InlineData("Which region has the lowest total sales?", "North 150|East 400|West 600")]
    [InlineData("Top 2 products by sales amount", "Lamp 650|Chair 300")]
    [InlineData("which region has the most orders", "East 3|West 3|North 2")]
    [InlineData("average quantity per product", "Desk 5.5|Lamp 5.5|Chair 3")]
    [InlineData("sales by year", "2023 150|2024 1000")]
    [InlineData("Trend of sales amount by quarter in 2024", "2024-Q1 300|2024-Q2 700")]
    [InlineData("which month had the highest sales", "2024-06 400|2024-04 300|2024-03 200|2023-12 100|2024-01 100|2023-05 50|2024-02 0")]
    [InlineData("各 region 的平均 quantity", "West 6|East 5.5|North 3.5")]
    [InlineData("sales_amount 總和 大於 150", "800")]
    public void A_question_is_answered(string question, string answer)
    {
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, orders.Table.Profile, None)).Plan;

        var rows = orders.Table.Run(plan.Sql).Rows;
        Assert.True(answer == string.Join('|', rows.Select(r => string.Join(' ', r))), $"{plan.Sql}\n{string.Join('|', rows.Select(r => string.Join(' ', r)))}");
    }

    [Fact]
    public void Words_that_fit_several_columns_are_asked_about_and_the_choice_counts()
    {
        using var prices = new TableFile("date,symbol,open,close\n2024-01-01,A,1,2\n2024-01-02,A,3,4\n");

        var unclear = Assert.IsType<PlanOutcome.Unclear>(RulesPlanner.Plan("average price", prices.Profile, None));
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan("average price", prices.Profile, new Dictionary<string, string> { [unclear.Term] = "open" })).Plan;

        Assert.Equal(["open", "close"], unclear.Options);
        Assert.Contains("price", unclear.Question, StringComparison.Ordinal);
        Assert.Equal(2.0, prices.Value(plan.Sql));
        Assert.Equal("open", plan.Choices["price"]);
    }

    [Fact]
    public void Words_that_mean_nothing_here_are_named()
    {
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan("total sales last fortnight", orders.Table.Profile, None)).Plan;

        Assert.Contains(plan.Assumptions, a => a.Contains("last, fortnight", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("What is the meaning of life?"), InlineData("???"), InlineData("hello"), InlineData("'; DROP TABLE data; --")]
    public void What_is_not_understood_is_answered_with_what_is(string question)
    {
        var not = Assert.IsType<PlanOutcome.NotUnderstood>(RulesPlanner.Plan(question, orders.Table.Profile, None));

        Assert.Contains("sales_amount", not.Help, StringComparison.Ordinal);
        Assert.All(PlannerHelp.Examples(orders.Table.Profile), e => Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(e, orders.Table.Profile, None)));
    }

    [Fact]
    public void Names_and_values_with_quotes_stay_names_and_values()
    {
        using var table = new TableFile("it's \"a\" name,n\no'neill,1\n\"x\"\"; --\",2\n");
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan("total n for \"o'neill\"", table.Profile, None)).Plan;

        Assert.Equal(1L, table.Value(plan.Sql));
    }

    public sealed class Orders : IDisposable
    {
        internal TableFile Table { get; } = new(
            """
            order_id,order_date,region,product,quantity,sales_amount
            1,2023-05-02,North,Lamp,4,50
            2,2023-12-24,North,Chair,3,100
            3,2024-01-15,West,Lamp,2,100
            4,2024-02-01,East,Desk,5,0
            5,2024-03-10,East,Desk,6,200
            6,2024-04-02,West,Lamp,4,100
            7,2024-04-20,East,Chair,,200
            8,2024-06-30,West,Lamp,12,400
            """);

        public void Dispose() => Table.Dispose();
    }
}
