using System.Diagnostics;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Workers are the server's own program, and end with it, however it ends.</summary>
[Collection(AloneCollection.Name)]
public sealed class WorkerProcessTests
{
    private const int Stop = 19;

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_server_that_is_killed_leaves_no_worker_even_one_that_stands_still(bool isStopped)
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("analysis"), "kind" },
            { new StringContent(JsonSerializer.Serialize(new { mode = "execute", sql = "SELECT count(*) FROM data a, data b, data c, data d WHERE a.id + b.id + c.id + d.id < 0" })), "input" },
            { new StringContent("id\n" + string.Join('\n', Enumerable.Range(1, 2000))), "file", "table.csv" },
        };
        using var response = await server.Client.PostAsync("/api/jobs", form);
        response.EnsureSuccessStatusCode();
        await Patience.UntilAsync(() => ProcessTable.Children(server.ProcessId).Any(ProcessTable.IsBusy), "a worker works");
        // Not a process that is only being started and does not have its parent's end for its own yet.
        var workers = ProcessTable.Children(server.ProcessId).Where(ProcessTable.IsWorker).ToList();
        if (isStopped)
        {
            foreach (var worker in workers)
                await SignalAsync(worker);
        }

        await server.KillAsync();

        await Patience.UntilAsync(() => !workers.Any(ProcessTable.IsAlive), "all workers are gone");
        Assert.NotEmpty(workers);
    }

    [Fact]
    public async Task A_program_that_goes_on_as_a_server_where_it_is_to_be_a_worker_says_what_it_lacks()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll") },
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PROGRESSHUB_WORKER"] = "duckdb" },
        };

        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync().Soon();

        Assert.Contains("if (await WorkerProgram.RunAsync(args) is { } code) return code;", await said.Soon(), StringComparison.Ordinal);
        await process.WaitForExitAsync().Soon();
        Assert.NotEqual(0, process.ExitCode);
    }

    [Fact]
    public async Task A_kind_that_is_not_known_is_refused_with_those_that_are()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll"), "worker", "nothing" },
            RedirectStandardError = true,
        };

        using var process = Process.Start(start)!;

        Assert.Contains("duckdb", await process.StandardError.ReadToEndAsync().Soon(), StringComparison.Ordinal);
        await process.WaitForExitAsync().Soon();
        Assert.Equal(2, process.ExitCode);
    }

    private static async Task SignalAsync(int process)
    {
        using var kill = Process.Start("kill", [$"-{Stop}", $"{process}"]);
        await kill.WaitForExitAsync();
    }
}
