using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>
/// Invariants I1 to I4 and I8 under load: programs report as fast as they are answered, the server is killed with SIGKILL in
/// the middle of it, again and again, and not one update that it has answered is lost, doubled or out of order.
/// </summary>
public sealed class KillStormTests(ITestOutputHelper output)
{
    private const int UsualSeed = 20261129;
    private const string SeedVariable = "PROGRESSHUB_STORM_SEED";
    private const int Kills = 10;
    private const int Programs = 6;

    [Fact]
    public async Task Killed_ten_times_under_load_the_server_loses_no_update_that_it_has_answered()
    {
        var random = new Random(Wanted.Seed(SeedVariable, UsualSeed, output));

        await using var server = await ServerProcess.StartNewAsync(("Execution:MaxInterruptionsWithoutProgress", "1000"));
        var programs = await Task.WhenAll(Enumerable.Range(0, Programs).Select(_ => ReportingJob.SubmitAsync(server.Client)));
        using var watcher = new SteadyWatcher(server, programs[0].Id);
        using var stop = new CancellationTokenSource();
        var load = programs.Select(program => ReportAsync(server, program, stop.Token)).ToArray();
        for (var kill = 0; kill < Kills; kill++)
        {
            // So many more answers, and then some time in which more are under way.
            var wanted = programs.Sum(p => p.Acknowledged) + random.Next(30, 200);
            await Patience.UntilAsync(() => programs.Sum(p => p.Acknowledged) >= wanted, "the programs report");
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 20), TimeProvider.System);
            await server.KillAsync();
            await server.StartAsync();
            foreach (var program in programs)
                await program.AssertNothingLostAsync(atLeast: program.Acknowledged);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        foreach (var program in programs)
        {
            await program.AssertNothingLostAsync();
            LogAssert.EndsWith("canceled", await EndedAsync(server, program.Id));
        }

        await watcher.Completion.Soon();
        LogAssert.SawAll(await server.Client.LogAsync(programs[0].Id), watcher.Seen);
        server.AssertCalm();
        output.WriteLine($"{programs.Sum(p => p.Acknowledged)} updates were acknowledged through {Kills} kills.");
        Assert.True(programs.Sum(p => p.Acknowledged) >= Kills * 30);
    }

    private static async Task ReportAsync(ServerProcess server, ReportingJob program, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (!await program.ReportAsync())
                await server.UntilUpAsync();
        }
    }

    private static async Task<IReadOnlyList<SeenEvent>> EndedAsync(ServerProcess server, string id)
    {
        await server.Client.CancelAsync(id);
        await server.Client.EndAsync(id);
        return await server.Client.LogAsync(id);
    }
}
