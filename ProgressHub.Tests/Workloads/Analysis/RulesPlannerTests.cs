using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Planning;

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

    [Theory]
    [InlineData("How many rows with quantity above ", "9", 900)]
    [InlineData("total sales ", "in 2024 ", 120)]
    [InlineData("total sales ", "by region ", 150)]
    public void A_question_without_end_is_answered_or_not_understood(string begin, string more, int times)
    {
        var outcome = RulesPlanner.Plan(begin + string.Concat(Enumerable.Repeat(more, times)), orders.Table.Profile, None);

        if (outcome is PlanOutcome.Ready ready)
            Assert.NotNull(orders.Table.Run(ready.Plan.Sql));
    }

    [Theory]
    [InlineData("total amount by region"), InlineData("amount by region"), InlineData("average amount"), InlineData("highest amount")]
    public void A_word_that_names_a_part_of_several_columns_is_asked_about_though_it_often_bears_no_meaning(string question)
    {
        using var orders = DuckTable.OfText("region,net_amount,gross_amount\nWest,3,4\nEast,5,6\n");

        var unclear = Assert.IsType<PlanOutcome.Unclear>(RulesPlanner.Plan(question, orders.Profile, None));

        Assert.Equal(["net_amount", "gross_amount"], unclear.Options);
    }

    [Theory]
    [InlineData("average price of a 3 bedroom house", "100"), InlineData("how many 3 bedroom houses are there", "1"), InlineData("how many 4 bedroom houses are there", "2")]
    [InlineData("total price of 3 bedroom flats", "200")]
    public void A_number_before_a_columns_name_and_what_has_it_is_that_columns(string question, string answer)
    {
        using var homes = DuckTable.OfText("price,bedrooms,kind\n100,3,house\n200,3,flat\n900,4,house\n700,4,house\n");

        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, homes.Profile, None)).Plan;

        Assert.Equal(answer, string.Join(' ', homes.Run(plan.Sql).Rows[0]));
    }

    [Theory]
    [InlineData("Highest close", "4"), InlineData("lowest high", "2"), InlineData("the highest open", "3")]
    public void A_superlative_before_a_column_is_of_the_column_whatever_the_words_mean_elsewhere(string question, string answer)
    {
        using var prices = DuckTable.OfText("date,symbol,open,high,low,close\n2024-01-01,A,1,2,1,2\n2024-01-02,A,3,5,3,4\n");

        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, prices.Profile, None)).Plan;

        Assert.Equal(answer, string.Join(' ', prices.Run(plan.Sql).Rows[0]));
    }

    [Fact]
    public void Words_that_fit_several_columns_are_asked_about_and_the_choice_counts()
    {
        using var prices = DuckTable.OfText("date,symbol,open,close\n2024-01-01,A,1,2\n2024-01-02,A,3,4\n");

        var unclear = Assert.IsType<PlanOutcome.Unclear>(RulesPlanner.Plan("average price", prices.Profile, None));
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan("average price", prices.Profile, new Dictionary<string, string> { [unclear.Term] = "open" })).Plan;

        Assert.Equal(["open", "close"], unclear.Options);
        Assert.Contains("price", unclear.Question, StringComparison.Ordinal);
        Assert.Equal(2.0, prices.Value(plan.Sql));
        Assert.Equal("open", plan.Choices["price"]);
    }

    [Theory]
    [InlineData("total sales last fortnight", "fortnight"), InlineData("which customer complained about the most sales", "complained")]
    [InlineData("total sales of blue lamps", "blue"), InlineData("average quantity by warehouse", "warehouse")]
    [InlineData("total sales still on the market", "market"), InlineData("total quantity of solid lamps", "solid")]
    public void Words_that_mean_nothing_here_are_named_and_there_is_no_number(string question, string word)
    {
        var not = Assert.IsType<PlanOutcome.NotUnderstood>(RulesPlanner.Plan(question, orders.Table.Profile, None));

        Assert.Contains($"'{word}'", not.Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("total sales by region where quantity is above 3", "Total sales_amount, where quantity is above 3, by region, the highest first")]
    [InlineData("sum of quantity * sales_amount by month", "Total quantity × sales_amount, by month")]
    [InlineData("top 2 products by sales amount in each region", "Total sales_amount, by region and product, the 2 highest in each region")]
    public void The_plan_is_said_in_words(string question, string words) =>
        Assert.Equal(words, Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, orders.Table.Profile, None)).Plan.Explanation);

    [Theory]
    [InlineData("avrage quantity of Lamp", "'avrage' was read as 'average'."), InlineData("total sales in the last 2 months", "Counted back from")]
    [InlineData("sales by region", "say average, total")]
    public void What_is_taken_for_granted_is_said(string question, string note) => Assert.Contains(
        Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, orders.Table.Profile, None)).Plan.Assumptions,
        a => a.Contains(note, StringComparison.Ordinal));

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
        using var table = DuckTable.OfText("it's \"a\" name,n\no'neill,1\n\"x\"\"; --\",2\n");
        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan("total n for \"o'neill\"", table.Profile, None)).Plan;

        Assert.Equal(1L, table.Value(plan.Sql));
    }

    public sealed class Orders : IDisposable
    {
        internal DuckTable Table { get; } = DuckTable.OfText(
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
