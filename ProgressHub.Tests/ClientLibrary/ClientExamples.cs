using System.Text.Json.Nodes;
using ProgressHub.Client;
using ProgressHub.Client.Jobs;
using ProgressHub.Client.Reporting;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

/// <summary>What the documentation shows, against the real server.</summary>
public sealed class ClientExamples
{
    [Fact]
    public async Task A_job_is_watched_to_its_result()
    {
        await using var server = await ServerProcess.StartNewAsync();
        var address = server.Address;

        using var hub = new ProgressHubClient(address);
        var job = await hub.SubmitAsync(new JobSubmission("translation", new JsonObject
        {
            ["text"] = "The lamp is lit at dusk.", ["targetLanguage"] = "es", ["engine"] = "pseudo",
        }));
        await foreach (var (snapshot, happened) in hub.WatchAsync(job.JobId))
            Console.WriteLine($"{snapshot.Fraction:P0} {snapshot.Message} {happened?.Type}");
        using var result = await hub.GetResultAsync(job.JobId);

        Assert.NotEmpty(await result.ReadTextAsync());
    }

    [Fact]
    public async Task A_programs_work_is_shown()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var hub = server.Client();
        var stateFile = Path.Combine(server.DataDirectory, "import.job");

        await using var import = await hub.StartAsync("Import", new ReportOptions
        {
            Stages = [new ReportStage("reading"), new ReportStage("writing", Weight: 3)], StateFile = stateFile,
        });
        import.BeginStage("reading");
        for (var row = 1; row <= 2_000 && !import.Canceled.IsCancellationRequested; row++)
            import.Report(new ProgressUpdate(row, 2_000, $"Row {row}", "rows"));
        import.Log("No row was empty", JobLogLevel.Success);
        await import.CompleteAsync(new ReportedResult("import.txt") { Text = "2,000 rows\n" });

        Assert.Equal(JobState.Succeeded, (await hub.GetAsync(import.JobId)).State);
    }
}
