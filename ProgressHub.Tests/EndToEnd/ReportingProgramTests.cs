using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>The programs under <c>examples</c>, as the README shows them, against the real server.</summary>
public sealed class ReportingProgramTests(PlainServer plain) : IClassFixture<PlainServer>, IAsyncLifetime
{
    public Task InitializeAsync() => plain.ForgetJobsAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_wrapper_shows_a_command_its_lines_its_percentages_and_its_end()
    {
        var server = plain.Process;
        using var program = Start(
            server, "sh", "progresshub-run", "-t", "A \"title\" \\", "sh", "-c",
            """printf 'say "hi" \\ <b>\n'; echo "copied 042.5% of it"; printf '10%%\r55%%\r\n'; printf 'tab\there\ncaf\351'""");

        Assert.Equal(0, await EndAsync(program));

        var job = await JobAsync(server);
        Assert.Equal(("A \"title\" \\", "succeeded"), (job.Text("title"), job.Text("state")));
        var events = await EventsAsync(server, job.Id());
        Assert.Equal(
            ["say \"hi\" \\ <b>", "copied 042.5% of it", "55%", "tab here", "caf"],
            events.Where(e => e.Text("type") == "log").Select(e => e.Text("message")));
        Assert.Contains(events, e => e.Text("type") == "progress" && e.GetProperty("current").GetDouble() == 55);
    }

    [Fact]
    public async Task The_wrapper_reports_a_failure_and_ends_with_the_commands_code()
    {
        var server = plain.Process;
        using var program = Start(server, "sh", "progresshub-run", "sh", "-c", "echo working; exit 7");

        Assert.Equal(7, await EndAsync(program));

        var job = await JobAsync(server);
        Assert.Equal(("failed", "exit_7"), (job.Text("state"), job.GetProperty("error").Text("code")));
    }

    [Fact]
    public async Task Canceling_the_job_stops_the_wrapped_command()
    {
        var server = plain.Process;
        using var program = Start(server, "sh", "progresshub-run", "-b", "3", "sh", "-c", "echo begun; exec sleep 600");
        await Patience.UntilAsync(async () => await EventsAsync(server) is { } events
            && events.Any(e => e.Text("type") == "log"), "the command has begun");

        using var cancel = await server.Client.PostAsync($"/api/jobs/{(await JobAsync(server)).Id()}/cancel", null);

        Assert.NotEqual(0, await EndAsync(program));
        await Patience.UntilAsync(async () => (await JobAsync(server)).Text("state") == "canceled", "the job is canceled");
    }

    [Fact]
    public async Task A_python_program_goes_on_with_its_token_while_the_server_is_killed_and_comes_back()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var program = Start(server, "python3", "report.py");
        await Patience.UntilAsync(async () => await EventsAsync(server) is { } events
            && events.Any(e => e.Text("type") == "progress"), "it has reported");

        await server.KillAsync();
        await server.StartAsync();

        Assert.Equal(0, await EndAsync(program));
        var job = await JobAsync(server);
        Assert.Equal(("succeeded", 2, 20), (job.Text("state"), job.GetProperty("attempt").GetInt32(), job.GetProperty("report").GetInt32()));
        Assert.Equal("Counted to 20.\n", await server.Client.GetStringAsync($"/api/jobs/{job.Id()}/result"));
        var numbers = (await EventsAsync(server))!.Where(e => e.TryGetProperty("report", out _))
            .Select(e => e.GetProperty("report").GetInt32()).Distinct().ToList();
        Assert.Equal(Enumerable.Range(1, 20), numbers);
    }

    private static Process Start(ServerProcess server, string interpreter, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(interpreter)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PROGRESSHUB_URL"] = server.Address.GetLeftPart(UriPartial.Authority), ["PAUSE"] = "0.1", ["PROGRESSHUB_SH"] = "1" },
        };
        start.ArgumentList.Add(Path.Combine(Examples(), script));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var program = Process.Start(start)!;
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        return program;
    }

    private static string Examples([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "examples"));

    private static async Task<int> EndAsync(Process program)
    {
        try
        {
            await program.WaitForExitAsync().Soon();
        }
        catch (TimeoutException)
        {
            program.Kill(entireProcessTree: true);
            throw;
        }

        return program.ExitCode;
    }

    private static async Task<JsonElement> JobAsync(ServerProcess server) => (await JobsAsync(server)).Single();

    private static async Task<IReadOnlyList<JsonElement>> JobsAsync(ServerProcess server)
    {
        var page = JsonElement.Parse(await server.Client.GetStringAsync("/api/jobs?kind=external"));
        return [.. page.GetProperty("jobs").EnumerateArray()];
    }

    private static async Task<IReadOnlyList<JsonElement>?> EventsAsync(ServerProcess server) =>
        await JobsAsync(server) is [var job] ? await EventsAsync(server, job.Id()) : null;

    private static async Task<IReadOnlyList<JsonElement>> EventsAsync(ServerProcess server, string id)
    {
        var page = JsonElement.Parse(await server.Client.GetStringAsync($"/api/jobs/{id}/events?format=json&limit=1000"));
        return [.. page.GetProperty("events").EnumerateArray()];
    }
}
