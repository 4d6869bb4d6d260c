using System.Diagnostics;
using System.Text.Json;
using ProgressHub.Tests.Packaging;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Tool;

/// <summary><c>progresshub run</c> as a process, against the real server.</summary>
public sealed class RunCommandTests(PlainServer plain) : IClassFixture<PlainServer>, IAsyncLifetime
{
    private const int Interrupt = 2;

    public Task InitializeAsync() => plain.ForgetJobsAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("exit 0", 0), InlineData("exit 3", 3), InlineData("kill -9 $$", 137), InlineData("exec no-such-command", 127)]
    public async Task The_exit_code_is_the_commands(string script, int code)
    {
        var server = plain.Process;
        using var program = Start(server, "run", "sh", "-c", script);

        Assert.Equal(code, await EndAsync(program));

        var job = await JobAsync(server);
        Assert.Equal(code == 0 ? "succeeded" : "failed", job.Text("state"));
        if (code != 0)
            Assert.Equal($"exit_{code}", job.GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task Every_byte_of_both_streams_goes_through_and_standard_input_too()
    {
        var server = plain.Process;
        using var program = Start(server, "run", "sh", "-c", "cat; echo err >&2");
        var bytes = Enumerable.Range(0, 200_000).Select(i => (byte)i).ToArray();
        var (read, errors) = (ReadAsync(program), program.StandardError.ReadToEndAsync());
        await program.StandardInput.BaseStream.WriteAsync(bytes);
        program.StandardInput.Close();

        Assert.Equal(bytes, await read.Soon());
        Assert.EndsWith("\nerr\n", await errors.Soon(), StringComparison.Ordinal);
        Assert.Equal(0, await EndAsync(program));
    }

    [Fact]
    public async Task A_redrawn_line_moves_the_bar_while_the_command_runs()
    {
        var server = plain.Process;
        using var program = Start(server, "run", "sh", "-c", "printf '10%%\\r42%%\\r'; read go");

        await Patience.UntilAsync(async () => await JobsAsync(server) is [var job] && job.TryGetProperty("fraction", out var fraction)
            && fraction.ValueKind == JsonValueKind.Number && Math.Abs(fraction.GetDouble() - 0.42) < 0.001, "the bar is at 42 %");

        await program.StandardInput.WriteLineAsync();
        program.StandardInput.Close();
        Assert.Equal(0, await EndAsync(program));
    }

    [Fact]
    public async Task Canceling_the_job_ends_what_the_command_has_started_in_a_session_of_its_own_too()
    {
        var server = plain.Process;
        var mark = $"600.{Random.Shared.Next(100_000, 999_999)}";
        using var program = Start(server, "run", "-g", "1", "sh", "-c", $"setsid sleep {mark} & echo begun; wait");
        await UntilItSaysAsync(server, "begun");

        using var cancel = await server.Client.PostAsync($"/api/jobs/{(await JobAsync(server)).Id()}/cancel", null);

        Assert.Equal(130, await EndAsync(program));
        Assert.DoesNotContain(Process.GetProcesses(), process => CommandLine(process).Contains(mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_interrupt_reaches_the_command_as_one_so_that_its_handler_runs()
    {
        var server = plain.Process;
        using var program = Start(server, "run", "sh", "-c", "trap 'echo saved; exit 42' INT; echo begun; while :; do sleep 0.1; done");
        await UntilItSaysAsync(server, "begun");

        using var kill = Process.Start("kill", [$"-{Interrupt}", $"{program.Id}"]);
        await kill.WaitForExitAsync().Soon();

        Assert.Equal(42, await EndAsync(program));
        Assert.Equal("exit_42", (await JobAsync(server)).GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task The_command_runs_on_while_the_server_is_away_and_all_is_reported_once()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var program = Start(server, "run", "sh", "-c", "echo one; read go; echo two; read go; echo three");
        await UntilItSaysAsync(server, "one");

        await server.KillAsync();
        await program.StandardInput.WriteLineAsync();
        await program.StandardInput.WriteLineAsync();
        program.StandardInput.Close();
        await server.StartAsync();

        Assert.Equal(0, await EndAsync(program));
        var job = await JobAsync(server);
        Assert.Equal("succeeded", job.Text("state"));
        Assert.Equal(["one", "two", "three"], (await LinesAsync(server, job.Id())).Where(line => line is "one" or "two" or "three"));
    }

    [Fact]
    public async Task A_server_that_is_away_from_the_beginning_keeps_no_command_from_running()
    {
        await using var server = ServerProcess.Prepare();
        using var program = Start(server, "run", "sh", "-c", "echo ran; read go");
        var line = await program.StandardOutput.ReadLineAsync().Soon();
        Assert.Equal("ran", line);

        await server.StartAsync();
        program.StandardInput.Close();

        Assert.Equal(1, await EndAsync(program));
        Assert.Equal(["ran"], await LinesAsync(server, (await JobAsync(server)).Id()));
    }

    [Fact]
    public async Task A_terminal_stays_a_terminal()
    {
        var server = plain.Process;
        var inner = $"'{DotnetHost.Path}' '{Tool}' run sh -c 'test -t 0 && test -t 1 && test -t 2 && echo a-terminal; exit 5'";
        using var program = StartProgram(server, "script", "-qec", inner, "/dev/null");

        var said = await program.StandardOutput.ReadToEndAsync().Soon();

        Assert.Contains("a-terminal", said, StringComparison.Ordinal);
        Assert.Equal(5, await EndAsync(program));
    }

    [Theory]
    [InlineData(64), InlineData(64, "run"), InlineData(64, "nonsense"), InlineData(64, "run", "--nonsense"), InlineData(64, "watch", "x y"), InlineData(66, "upload", "/no/such/file")]
    public async Task A_command_line_that_makes_no_sense_is_answered_with_what_would(int code, params string[] arguments)
    {
        await using var server = ServerProcess.Prepare();
        using var program = Start(server, arguments);
        program.StandardInput.Close();

        var said = await program.StandardError.ReadToEndAsync().Soon();

        Assert.Equal(code, await EndAsync(program));
        Assert.StartsWith("progresshub: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    internal static string Tool => Path.Combine(AppContext.BaseDirectory, "ProgressHub.Tool.dll");

    private static Process Start(ServerProcess server, params string[] arguments) =>
        // Whoever runs the tests in the background of a shell ignores interrupts, and so would all that they start.
        StartProgram(server, "env", ["--default-signal=INT", DotnetHost.Path, Tool, .. arguments]);

    private static Process StartProgram(ServerProcess server, string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["PROGRESSHUB_URL"] = server.Address.GetLeftPart(UriPartial.Authority) },
        };
        return Process.Start(start)!;
    }

    private static async Task<byte[]> ReadAsync(Process program)
    {
        using var all = new MemoryStream();
        await program.StandardOutput.BaseStream.CopyToAsync(all);
        return all.ToArray();
    }

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

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static Task UntilItSaysAsync(ServerProcess server, string line) => Patience.UntilAsync(
        async () => await JobsAsync(server) is [var job] && (await LinesAsync(server, job.Id())).Contains(line), $"it says {line}");

    private static async Task<JsonElement> JobAsync(ServerProcess server) => (await JobsAsync(server)).Single();

    private static async Task<IReadOnlyList<JsonElement>> JobsAsync(ServerProcess server)
    {
        var page = JsonElement.Parse(await server.Client.GetStringAsync("/api/jobs?kind=external"));
        return [.. page.GetProperty("jobs").EnumerateArray()];
    }

    private static async Task<List<string>> LinesAsync(ServerProcess server, string id)
    {
        var page = JsonElement.Parse(await server.Client.GetStringAsync($"/api/jobs/{id}/events?format=json&limit=1000"));
        return [.. page.GetProperty("events").EnumerateArray().Where(e => e.Text("type") == "log").Select(e => e.Text("message")!)];
    }
}
