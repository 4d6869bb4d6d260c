using System.Net.Http.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Invariants I1, I3, I4 and I8 with the jobs in PostgreSQL: the server is killed, and PostgreSQL is.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresCrashTests(PostgresServer postgres)
{
    private const int Kills = 6;

    [Fact]
    public async Task A_server_killed_again_and_again_loses_nothing_it_acknowledged_or_showed()
    {
        await using var scene = await CrashScene.StartAsync(new Random(19), Settings());
        for (var i = 0; i < Kills; i++)
        {
            await scene.KeepBusyAsync();
            await scene.RunForAWhileAsync();
            await scene.SubmitAsync();
            await scene.KillAsync();
            await scene.Server.StartAsync();
            await scene.CheckAsync();
        }

        // A slow check may have lasted longer than all that ran.
        await scene.KeepBusyAsync();
        await scene.KillAsync();
        scene.Server.Settings["Translation:PseudoDelay"] = "00:00:00";
        await scene.Server.StartAsync();
        await scene.CheckEndAsync();
        Assert.Equal(Kills + 1, scene.KillsInTheMiddle);
    }

    [Fact]
    public async Task While_PostgreSQL_is_away_submissions_are_refused_and_running_jobs_wait_and_go_on()
    {
        await using var server = await ServerProcess.StartNewAsync([("Translation:PseudoDelay", "00:00:01"), .. Settings()]);
        var id = await server.Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(8000), 200));
        using var watcher = new SteadyWatcher(server, id);
        await watcher.MoreAsync(5);

        await postgres.StopAsync();
        try
        {
            using var refused = await server.Client.PostAsJsonAsync("/api/jobs", new { kind = "translation", input = JobCalls.Pseudo("One.") });
            await refused.IsProblemAsync(503, "storage_unavailable");
        }
        finally
        {
            await postgres.StartAsync();
        }

        Assert.Equal("succeeded", (await server.Client.EndAsync(id)).Text("state"));
        await watcher.Completion.Soon();
        var log = await server.Client.LogAsync(id);
        LogAssert.IsSound(log);
        LogAssert.SawAll(log, watcher.Seen);
    }

    [Fact]
    public async Task A_second_server_on_the_same_schema_says_that_there_is_another_and_does_not_harm_it()
    {
        var settings = Settings();
        await using var first = await ServerProcess.StartNewAsync(settings);
        await using var second = ServerProcess.Prepare(settings);

        await Assert.ThrowsAsync<InvalidOperationException>(() => second.LaunchAsync().WaitAsync(Patience.Limit));

        await Patience.UntilAsync(
            () => second.Output.Contains("Another ProgressHub writes to this database", StringComparison.Ordinal), "the second says why");
        var id = await first.Client.SubmitAsync(JobCalls.Pseudo("One. Two."));
        Assert.Equal("succeeded", (await first.Client.EndAsync(id)).Text("state"));
        first.AssertCalm();
    }

    private (string Key, string Value)[] Settings() =>
        [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", postgres.NewSchema())];
}
