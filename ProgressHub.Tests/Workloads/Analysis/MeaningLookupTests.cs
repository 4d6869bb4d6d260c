using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Words that no name or value has are read by their meaning, by the model itself, where a column must stand; and it is said.</summary>
public sealed class MeaningLookupTests : IDisposable
{
    private readonly MiniLm _model = new(Options.Create(new MiniLmOptions { Threads = 1 }), TimeProvider.System, NullLogger<MiniLm>.Instance);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("company,state,salaries,headcount", "total payroll of Acme", "salaries")]
    [InlineData("company,state,rainfall,headcount", "average downpour by state", "rainfall")]
    [InlineData("film,nation,audience,budget", "average onlookers by nation", "audience")]
    [InlineData("film,studio,budget,running_time", "total spendings of Acme", "budget")]
    public async Task A_word_is_read_as_the_column_that_is_nearest_in_meaning(string header, string question, string column)
    {
        using var table = Table(header);
        var known = await FindAsync(table.Profile, question);

        var plan = Assert.IsType<PlanOutcome.Ready>(RulesPlanner.Plan(question, known, new Dictionary<string, string>())).Plan;

        Assert.Contains(column, plan.Sql, StringComparison.Ordinal);
        Assert.Contains(plan.Assumptions, a => a.Contains("by its meaning", StringComparison.Ordinal) && a.Contains(column, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("how many geothermal plants are there?"), InlineData("total capacity of geothermal plants"), InlineData("total happiness of Acme")]
    public async Task A_word_that_may_be_a_value_and_one_that_is_near_to_nothing_stay_unknown(string question)
    {
        using var table = Table("plant,country,emissions,capacity");

        var known = await FindAsync(table.Profile, question);

        Assert.Same(table.Profile, known);
    }

    [Fact]
    public async Task Without_a_model_words_stay_unknown()
    {
        using var table = Table("company,state,salaries,headcount");

        Assert.Same(table.Profile, await new MeaningLookup(null).FindAsync("total payroll of Acme", table.Profile, CancellationToken.None));
        Assert.Same(table.Profile, await new MeaningLookup(new NoModel()).FindAsync("total payroll of Acme", table.Profile, CancellationToken.None));
    }

    [Theory]
    [InlineData("company,state,salaries,wages", "total payroll of Acme", "salaries", "wages")]
    public async Task Where_two_columns_are_about_as_near_it_is_asked(string header, string question, string one, string other)
    {
        using var table = Table(header);

        var outcome = RulesPlanner.Plan(question, await FindAsync(table.Profile, question), new Dictionary<string, string>());

        Assert.Equal([one, other], Assert.IsType<PlanOutcome.Unclear>(outcome).Options);
    }

    private static TableFile Table(string header) =>
        new(System.Text.Encoding.UTF8.GetBytes($"{header}\n{string.Concat(Enumerable.Range(1, 12).Select(i => $"{(i % 2 == 0 ? "Acme" : "Bolt")},{(i % 3 == 0 ? "Texas" : "Ohio")},{i * 37},{i * 11}\n"))}"), null);

    private Task<TableProfile> FindAsync(TableProfile table, string question) =>
        new MeaningLookup(new MiniLmMeanings(_model)).FindAsync(question, table, CancellationToken.None);

    /// <summary>A machine that can't load the model.</summary>
    private sealed class NoModel : IMeanings
    {
        public Task<IReadOnlyList<float[]>?> OfAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<float[]>?>(null);
    }
}
