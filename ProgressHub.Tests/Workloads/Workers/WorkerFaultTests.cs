using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Tests.Workloads.Workers;

/// <summary>Whatever a worker does, its request ends with a clear error, its last words are in the log, and nothing of it is left.</summary>
public sealed class WorkerFaultTests : IDisposable
{
    // Sixteen bytes that say it is ready.
    private const string Ready = """printf '\020\0\0\0{"type":"Ready"}'""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-worker-");
    private readonly CapturedLogs _logs = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("head -c 20 > /dev/null; echo the engine broke >&2; kill -9 $$", WorkerEnd.Crashed)]
    [InlineData("head -c 20 > /dev/null; echo the engine broke >&2; exit 3", WorkerEnd.Crashed)]
    [InlineData("head -c 20 > /dev/null; echo std::bad_alloc, and the engine broke >&2; kill -6 $$", WorkerEnd.OutOfMemory)]
    [InlineData("head -c 20 > /dev/null; echo the engine broke >&2; sleep 1; echo nonsense that is no message at all; sleep 600", WorkerEnd.Garbage)]
    [InlineData("head -c 20 > /dev/null; echo the engine broke >&2; printf '\\004\\0\\0\\0'; printf '[1'; exit 0", WorkerEnd.Crashed)]
    [InlineData("head -c 20 > /dev/null; echo the engine broke >&2; printf '\\021\\0\\0\\0'; printf '{\"type\":\"Result\"}'; sleep 600", WorkerEnd.Garbage)]
    public async Task A_worker_that_fails_is_told_from_one_that_answers(string script, object end)
    {
        using var pool = Pool($"{Ready}; {script}");

        var failure = await Assert.ThrowsAsync<WorkerEndedException>(() => pool.RunAsync(Request(), null, TimeSpan.FromMinutes(1), CancellationToken.None).Soon());

        Assert.Equal(end, failure.End);
        Assert.Contains(_logs.Lines, line => line.Contains("the engine broke", StringComparison.Ordinal));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_worker_that_hangs_is_killed_at_its_deadline_with_all_that_it_started()
    {
        using var pool = Pool($"{Ready}; trap '' TERM INT HUP; sleep 600 & sleep 600");

        var failure = await Assert.ThrowsAsync<WorkerEndedException>(() => pool.RunAsync(Request(), null, TimeSpan.FromSeconds(1), CancellationToken.None).Soon());

        Assert.Equal(WorkerEnd.Deadline, failure.End);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_worker_that_ended_before_it_began_is_replaced_by_one_that_answers()
    {
        using var pool = Pool($$"""{{Ready}}; head -c 20 > /dev/null; printf '\032\0\0\0{"type":"Result","body":1}'; sleep 0.2; exit 1""");

        for (var i = 0; i < 3; i++)
            Assert.Equal(1, (await pool.RunAsync(Request(), null, TimeSpan.FromMinutes(1), CancellationToken.None).Soon()).GetInt32());

        pool.Dispose();
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_worker_that_is_canceled_is_killed()
    {
        using var pool = Pool($"{Ready}; sleep 600");
        using var cancel = new CancellationTokenSource();
        var running = pool.RunAsync(Request(), null, TimeSpan.FromMinutes(5), cancel.Token);
        await Patience.UntilAsync(() => ProcessTable.With(_folder.FullName).Count > 0, "the worker runs");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Soon());
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("echo I know no workers >&2; exit 0")]
    [InlineData("echo Now listening on: http://127.0.0.1:5000")]
    [InlineData("kill -9 $$")]
    public async Task A_program_that_is_no_worker_is_told_what_to_add(string script)
    {
        using var pool = Pool(script);

        var failure = await Assert.ThrowsAsync<WorkerEndedException>(() => pool.RunAsync(Request(), null, TimeSpan.FromMinutes(1), CancellationToken.None).Soon());

        Assert.Equal(WorkerEnd.NotStarted, failure.End);
        Assert.Contains("if (await WorkerProgram.RunAsync(args) is { } code) return code;", failure.Message, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_said()
    {
        var options = Options.Create(new WorkerOptions { Program = Path.Combine(_folder.FullName, "none") });
        using var pool = new WorkerPool(new WorkerKind("duckdb", 1L << 30, 1L << 27), options, TimeProvider.System, Logger());

        var failure = await Assert.ThrowsAsync<WorkerEndedException>(() => pool.RunAsync(Request(), null, TimeSpan.FromMinutes(1), CancellationToken.None).Soon());

        Assert.Equal(WorkerEnd.NotStarted, failure.End);
    }

    [Fact]
    public async Task What_a_worker_writes_can_not_forge_a_line_of_the_log()
    {
        using var pool = Pool($"{Ready}; head -c 20 > /dev/null; printf 'one\\nfail: FORGED\\033[2J' >&2; exit 1");

        await Assert.ThrowsAsync<WorkerEndedException>(() => pool.RunAsync(Request(), null, TimeSpan.FromMinutes(1), CancellationToken.None).Soon());

        var line = Assert.Single(_logs.Lines, l => l.Contains("FORGED", StringComparison.Ordinal));
        Assert.DoesNotContain(line, c => char.IsControl(c));
    }

    [Fact]
    public async Task A_worker_finds_no_secret_of_its_host_in_its_environment()
    {
        Environment.SetEnvironmentVariable("PROGRESSHUB_TEST_SECRET", "hush");
        using var pool = Pool($"{Ready}; head -c 20 > /dev/null; env >&2; exit 1");

        await Assert.ThrowsAsync<WorkerEndedException>(() => pool.RunAsync(Request(), null, TimeSpan.FromMinutes(1), CancellationToken.None).Soon());

        Assert.Contains(_logs.Lines, l => l.Contains("PATH=", StringComparison.Ordinal));
        Assert.DoesNotContain(_logs.Lines, l => l.Contains("hush", StringComparison.Ordinal));
    }

    private ILogger<WorkerPool> Logger() => LoggerFactory.Create(b => b.AddProvider(_logs)).CreateLogger<WorkerPool>();

    private static WorkerRequest Request() => new("query", JsonElement.Parse("""{"path":"","sql":"SELECT 1"}"""));

    private Task NothingIsLeftAsync() =>
        Patience.UntilAsync(() => ProcessTable.With(_folder.FullName).Count == 0, "nothing of the worker is left");

    private WorkerPool Pool(string script)
    {
        var program = Path.Combine(_folder.FullName, "worker.sh");
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException();
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new WorkerPool(
            new WorkerKind("duckdb", 1L << 30, 1L << 27), Options.Create(new WorkerOptions { Program = program }), TimeProvider.System, Logger());
    }
}
