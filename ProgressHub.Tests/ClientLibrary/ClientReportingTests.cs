using ProgressHub.Client;
using ProgressHub.Client.Jobs;
using ProgressHub.Client.Reporting;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

/// <summary>A program's own work as a job of the real server.</summary>
public sealed class ClientReportingTests(PlainServer plain) : IClassFixture<PlainServer>, IAsyncLifetime
{
    private static readonly ReportOptions Staged = new()
    {
        Stages = [new ReportStage("reading", "Reading"), new ReportStage("writing", Weight: 3)],
    };

    public Task InitializeAsync() => plain.ForgetJobsAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Every_line_is_there_once_and_in_order_though_the_server_is_killed_twice()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var hub = server.Client();
        await using var job = await hub.StartAsync("Import", Staged);
        job.BeginStage("reading");

        for (var i = 0; i < 3_000; i++)
        {
            job.Log($"Line {i}");
            job.Report(new ProgressUpdate(i, 3_000, $"Row {i}", "rows"));
            if (i is not (500 or 2_000))
                continue;
            await server.KillAsync();
            await server.StartAsync();
        }

        job.BeginStage("writing");
        job.Report(new ProgressUpdate { Fraction = 0.5 });
        await job.FlushAsync().Soon();
        await job.CompleteAsync(new ReportedResult("import.txt") { Text = "All of it\n" }).Soon();

        var log = await server.LogOfAsync(job.JobId);
        Assert.Equal(Enumerable.Range(0, 3_000).Select(i => $"Line {i}"), log.Lines().Where(l => l.StartsWith("Line ", StringComparison.Ordinal)));
        var end = await hub.GetAsync(job.JobId);
        Assert.Equal((JobState.Succeeded, 1, "Import"), (end.State, end.Fraction, end.Title));
        using var result = await hub.GetResultAsync(job.JobId);
        Assert.Equal(("All of it\n", "import.txt"), (await result.ReadTextAsync(), result.FileName));
        server.AssertCalm();
    }

    [Fact]
    public async Task An_update_whose_answer_is_lost_is_sent_again_and_applied_once()
    {
        var server = plain.Process;
        using var handler = new UnreliableHandler();
        var turn = 0;
        handler.LosesAnswer = request => request.RequestUri!.AbsolutePath.EndsWith("/updates", StringComparison.Ordinal) && turn++ % 2 == 0;
        using var hub = server.Client(handler);
        await using var job = await hub.StartAsync("Lossy");

        foreach (var i in Enumerable.Range(0, 8))
        {
            job.Log($"{i}");
            await job.PartialAsync(new JobPartial(i, 8) { Text = $"{i};" });
            await job.FlushAsync().Soon();
        }

        await job.CompleteAsync().Soon();

        Assert.True(handler.Lost >= 8);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}"), (await server.LogOfAsync(job.JobId)).Lines());
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => $"{i};"),
            (await server.LogOfAsync(job.JobId)).Where(e => e.Text("type") == "partial").Select(e => e.Text("text")));
    }

    [Fact]
    public async Task A_lost_answer_to_the_submission_makes_no_second_job()
    {
        var server = plain.Process;
        using var handler = new UnreliableHandler();
        handler.LosesAnswer = request => request.Method == HttpMethod.Post && handler.Lost == 0;
        using var hub = server.Client(handler);

        await using var job = await hub.StartAsync("Once");

        Assert.Equal([job.JobId], await hub.ListAsync().Select(j => j.JobId).ToListAsync());
    }

    [Fact]
    public async Task A_program_that_crashed_goes_on_with_its_job_by_the_state_file()
    {
        var server = plain.Process;
        var file = Path.Combine(server.DataDirectory, "import.job");
        using var crashed = new UnreliableHandler();
        using var first = server.Client(crashed);
        var before = await first.StartAsync("Import", Staged with { StateFile = file });
        before.Log("Before the crash");
        await before.FlushAsync().Soon();
        crashed.IsCut = true;
        before.Log("Never sent");

        using var second = server.Client();
        await using var after = await second.StartAsync("Import", Staged with { StateFile = file });
        after.Log("After the crash");
        await after.CompleteAsync().Soon();

        Assert.Equal((before.JobId, false, true), (after.JobId, before.IsResumed, after.IsResumed));
        Assert.Equal(["Before the crash", "After the crash"], (await server.LogOfAsync(after.JobId)).Lines());
        Assert.False(File.Exists(file));
        await using var next = await second.StartAsync("Import", Staged with { StateFile = file });
        Assert.NotEqual(after.JobId, next.JobId);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_crash_between_asking_for_a_job_and_hearing_of_it_makes_no_second_one()
    {
        var server = plain.Process;
        var options = new ReportOptions { StateFile = Path.Combine(server.DataDirectory, "import.job") };
        using var crashing = new UnreliableHandler();
        crashing.LosesAnswer = _ => crashing.IsCut = true;
        using var first = server.Client(crashing);
        await Assert.ThrowsAsync<ProgressHubException>(() => first.StartAsync("Import", options));

        using var second = server.Client();
        await using var job = await second.StartAsync("Import", options);

        Assert.Equal([job.JobId], await second.ListAsync().Select(j => j.JobId).ToListAsync());
        await job.CompleteAsync().Soon();
    }

    [Fact]
    public async Task Canceling_the_job_cancels_the_programs_token()
    {
        var server = plain.Process;
        using var hub = server.Client();
        await using var job = await hub.StartAsync("Long", new ReportOptions { CancelInterval = TimeSpan.FromMilliseconds(50) });
        var canceled = new TaskCompletionSource();
        using var registration = job.Canceled.Register(canceled.SetResult);

        await hub.CancelAsync(job.JobId);

        await canceled.Task.Soon();
        var refusal = await Assert.ThrowsAsync<ProgressHubException>(() => job.CompleteAsync());
        Assert.Equal("canceled", refusal.Code);
        job.Log("Nobody reads this");
        await Patience.UntilAsync(async () => (await hub.GetAsync(job.JobId)).State == JobState.Canceled, "the job is canceled");
    }

    [Fact]
    public async Task A_refused_update_is_told_and_those_beside_it_count()
    {
        var server = plain.Process;
        using var hub = server.Client();
        await using var job = await hub.StartAsync("Misspelt", Staged);

        job.Log("Before");
        job.BeginStage("reeding");
        job.Log("After");
        var refusal = await Assert.ThrowsAsync<ProgressHubException>(() => job.FlushAsync().Soon());

        Assert.Equal("unknown_stage", refusal.Code);
        await job.FlushAsync().Soon();
        Assert.Equal(["Before", "After"], (await server.LogOfAsync(job.JobId)).Lines());
        await job.FailAsync("import_broke", "It broke").Soon();
        Assert.Equal(new JobError("import_broke", "It broke"), (await hub.GetAsync(job.JobId)).Error);
    }

    [Fact]
    public async Task A_program_that_leaves_without_a_word_has_failed()
    {
        var server = plain.Process;
        using var hub = server.Client();
        var job = await hub.StartAsync("Left");

        await job.DisposeAsync().Soon();

        Assert.Equal("abandoned", (await hub.GetAsync(job.JobId)).Error!.Code);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(-1), InlineData(7)]
    public async Task Reporting_never_throws_whatever_the_number(double number)
    {
        var server = plain.Process;
        using var hub = server.Client();
        await using var job = await hub.StartAsync("Numbers");

        job.Report(new ProgressUpdate(number, number, "Counted") { Fraction = number });

        await job.FlushAsync().Soon();
        await job.CompleteAsync().Soon();
        job.Report(new ProgressUpdate(1));
    }
}
