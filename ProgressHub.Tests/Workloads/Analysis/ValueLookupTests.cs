using System.Globalization;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Values of columns that have too many of them to know are found for a question, and only those that it names.</summary>
public sealed class ValueLookupTests : IDisposable
{
    private readonly TableFile _table = new(Rows(), null);
    private readonly List<string> _warnings = [];

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("total amount of Clara Nagel", 7)]
    [InlineData("total amount of clara nagel", 7)]
    [InlineData("total amount of Clara Nagle", 7)]
    [InlineData("total amount of Nagel", 7)]
    [InlineData("total amount for buyer 12 Smith", 12)]
    [InlineData("total amount not from CLARA NAGEL", 45150)]
    public async Task A_name_is_found_whatever_its_case_in_part_and_with_a_slip(string question, long answer)
    {
        var known = await FindAsync(question);

        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, known, new Dictionary<string, string>())).Plan;

        Assert.Empty(_table.Profile.Columns[0].Values);
        Assert.Equal(answer, Convert.ToInt64(_table.Value(plan.Sql), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_name_that_is_not_there_has_no_rows()
    {
        var known = await FindAsync("total amount of Zebediah Voss");

        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan("total amount of Zebediah Voss", known, new Dictionary<string, string>())).Plan;

        Assert.Contains("buyer is Zebediah Voss", plan.Explanation, StringComparison.Ordinal);
        Assert.Null(_table.Value(plan.Sql));
    }

    [Fact]
    public async Task A_name_that_several_have_is_asked_about()
    {
        var known = await FindAsync("total amount of Smith");

        var unclear = Assert.IsType<PlanOutcome.Unclear>(RulesPlanner.Plan("total amount of Smith", known, new Dictionary<string, string>()));

        Assert.Contains("12 Smith", unclear.Options);
    }

    [Fact]
    public async Task A_question_of_known_words_looks_nothing_up()
    {
        var queries = new Queries(_table);

        Assert.Same(_table.Profile, await Lookup(queries).FindAsync("total amount by city", _table.Profile, CancellationToken.None));

        Assert.Equal(0, queries.Asked);
    }

    [Fact]
    public async Task A_lookup_that_fails_leaves_the_words_unknown_and_says_so()
    {
        var known = await Lookup(new Queries(_table) { Fails = true }).FindAsync("total amount of Clara Nagel", _table.Profile, CancellationToken.None);

        Assert.Same(_table.Profile, known);
        Assert.Single(_warnings);
    }

    private Task<TableProfile> FindAsync(string question) => Lookup(new Queries(_table)).FindAsync(question, _table.Profile, CancellationToken.None);

    private ValueLookup Lookup(ITableQueries queries) => new(queries, message =>
    {
        _warnings.Add(message);
        return ValueTask.CompletedTask;
    });

    private static string Rows() =>
        "buyer,city,amount\nClara Nagel,Ulm,7\n" + string.Concat(Enumerable.Range(1, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i} {(i % 2 == 0 ? "Smith" : "Jones")},{(i % 3 == 0 ? "Ulm" : "Bonn")},{i}\n")));

    private sealed class Queries(TableFile table) : ITableQueries
    {
        public int Asked { get; private set; }

        public bool Fails { get; init; }

        public Task<QueryResult> RunAsync(string tableId, string sql, CancellationToken cancellationToken)
        {
            Asked++;
            return Fails ? throw new UnsafeQueryException("is not liked") : Task.FromResult(table.Run(sql));
        }

        public Task CheckAsync(string tableId, string sql, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
