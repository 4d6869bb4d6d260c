using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>What every store of durations does, whatever the database.</summary>
public abstract class DurationStoreContract : StorageContract
{
    [Fact]
    public async Task Nothing_is_known_of_what_never_ran()
    {
        Assert.Empty(await Durations.ReadAsync("translation", "apertium", None));
    }

    [Fact]
    public async Task Runs_come_back_as_they_were_the_newest_first()
    {
        var first = Run("translating", 12.5, size: 1234.5) with { Profile = "10 20 30" };
        var second = Run("assembling", 0.25, size: null) with { At = Now.AddTicks(7) };
        await Durations.AddAsync([first, second], None);
        var third = Run("translating", 99);
        await Durations.AddAsync([third], None);

        Assert.Equal([third, second, first], await Durations.ReadAsync("translation", "apertium", None));
    }

    [Fact]
    public async Task Kinds_and_engines_do_not_mix()
    {
        await Durations.AddAsync([Run("s", 1), Run("s", 2) with { Engine = "" }, Run("s", 3) with { Kind = "ask" }], None);

        Assert.Equal(1, Assert.Single(await Durations.ReadAsync("translation", "apertium", None)).Ms);
        Assert.Equal(2, Assert.Single(await Durations.ReadAsync("translation", "", None)).Ms);
        Assert.Equal(3, Assert.Single(await Durations.ReadAsync("ask", "apertium", None)).Ms);
    }

    [Fact]
    public async Task Of_each_stage_only_the_last_runs_are_kept()
    {
        for (var i = 1; i <= IDurationStore.RunsKept + 5; i++)
            await Durations.AddAsync([Run("many", i)], None);
        await Durations.AddAsync([Run("few", 1), Run("few", 2)], None);

        var runs = await Durations.ReadAsync("translation", "apertium", None);

        Assert.Equal(2, runs.Count(r => r.Stage == "few"));
        Assert.Equal(
            Enumerable.Range(6, IDurationStore.RunsKept).Reverse().Select(i => (double)i),
            runs.Where(r => r.Stage == "many").Select(r => r.Ms));
    }

    private StageRun Run(string stage, double ms, double? size = 10) => new("translation", "apertium", stage, size, ms, Now);
}
