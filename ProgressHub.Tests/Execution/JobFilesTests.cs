using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>Jobs that take files, and files that jobs make.</summary>
public sealed class JobFilesTests
{
    private readonly ConcurrentQueue<string> _seen = new();

    [Fact]
    public async Task A_job_waits_for_its_file_shows_its_bytes_and_gets_it_whole()
    {
        await using var engine = await StartAsync();
        var bytes = TusCalls.Bytes(300_000);
        var file = await CreateAsync(engine, bytes.Length);
        var job = await engine.SubmitAsync("hashing", Input(file.Id));
        await engine.ReachAsync(job.JobId, JobState.Running);

        await AppendAsync(engine, file.Id, 0, bytes[..100_000]);
        await Patience.UntilAsync(async () => (await LastAsync(engine, job.JobId))?.Current == 100_000, "the first bytes are shown");
        await AppendAsync(engine, file.Id, 100_000, bytes[100_000..]);

        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
        Assert.StartsWith(TusCalls.Hash(bytes), await ResultAsync(engine, job.JobId), StringComparison.Ordinal);
        var progress = events.OfType<ProgressEvent>().Where(e => e.Unit == "bytes").ToList();
        Assert.Equal(300_000, progress[^1].Current);
        Assert.All(progress, p => Assert.Equal(("uploading", 300_000d), (p.Stage, p.Total)));
    }

    [Fact]
    public async Task While_they_wait_jobs_leave_their_places_to_others()
    {
        await using var engine = await StartAsync(o => o.MaxConcurrency = 1);
        var (first, second) = (await CreateAsync(engine, 10), await CreateAsync(engine, 10));
        var waiting = new[] { await engine.SubmitAsync("hashing", Input(first.Id)), await engine.SubmitAsync("hashing", Input(second.Id)) };
        foreach (var job in waiting)
            await engine.ReachAsync(job.JobId, JobState.Running);

        Assert.IsType<DoneEvent>((await engine.RunAsync("quick"))[^1]);
        Assert.Equal(2, engine.Get<JobQueue>().Running.Values.Sum());
        await AppendAsync(engine, second.Id, 0, new byte[10]);
        await engine.EndAsync(waiting[1].JobId);
        await AppendAsync(engine, first.Id, 0, new byte[10]);
        await engine.EndAsync(waiting[0].JobId);

        await Patience.UntilAsync(() => engine.Get<JobQueue>().Running.Values.Sum() == 0, "all places are free");
        Assert.IsType<DoneEvent>((await engine.RunAsync("quick"))[^1]);
    }

    [Fact]
    public async Task One_that_comes_back_waits_until_a_place_is_free_and_goes_before_those_not_begun()
    {
        var held = new TaskCompletionSource();
        await using var engine = await StartAsync(
            o => o.MaxConcurrency = 1, new LambdaWorkload("held", async _ => await held.Task), Noting("noting"));
        var file = await CreateAsync(engine, 10);
        var waiting = await engine.SubmitAsync("hashing", Input(file.Id));
        await engine.ReachAsync(waiting.JobId, JobState.Running);
        var holder = await engine.SubmitAsync("held");
        await engine.ReachAsync(holder.JobId, JobState.Running);
        var later = await engine.SubmitAsync("noting");

        await AppendAsync(engine, file.Id, 0, new byte[10]);
        await Patience.UntilAsync(
            async () => (await engine.Jobs.FindAsync(waiting.JobId, EngineHost.Owner, default))!.Message == "Receiving talk.bin"
                && (await engine.Get<UploadService>().FindAsync(file.Id, EngineHost.Owner, default))!.IsComplete, "the file is here");
        Assert.Equal(JobState.Queued, (await engine.Jobs.FindAsync(later.JobId, EngineHost.Owner, default))!.State);
        held.SetResult();

        var ended = (await engine.EndAsync(waiting.JobId))[^1].At;
        var began = (await engine.EndAsync(later.JobId)).OfType<StartedEvent>().Single().At;
        Assert.True(ended <= began, $"It came back, and ended at {ended}; the other began at {began}.");
    }

    [Fact]
    public async Task A_job_that_asks_leaves_its_place_too()
    {
        await using var engine = await StartAsync(o => o.MaxConcurrency = 1, new LambdaWorkload("asks", async context =>
            _seen.Enqueue(await context.AskAsync("Well?", null, TimeSpan.FromHours(1)) ?? "nobody")));
        var asking = await engine.SubmitAsync("asks");
        var question = (await engine.ReachAsync(asking.JobId, JobState.WaitingForInput)).PendingInput!;

        Assert.IsType<DoneEvent>((await engine.RunAsync("quick"))[^1]);

        await engine.Jobs.AnswerAsync(asking.JobId, EngineHost.Owner, question.RequestId, "yes", default);
        await engine.EndAsync(asking.JobId);
        Assert.Equal(["yes"], _seen);
    }

    [Fact]
    public async Task Where_no_byte_comes_for_too_long_the_job_fails_and_nothing_is_left()
    {
        await using var engine = await StartAsync(uploads: o => o.IdleTimeout = TimeSpan.FromMilliseconds(200));
        var file = await CreateAsync(engine, 10);
        await AppendAsync(engine, file.Id, 0, new byte[5]);

        var events = await engine.EndAsync((await engine.SubmitAsync("hashing", Input(file.Id))).JobId);

        Assert.Equal("upload_incomplete", ((DoneEvent)events[^1]).Error!.Code);
        Assert.Empty(Blobs(engine));
        Assert.Null(await engine.Get<UploadService>().FindAsync(file.Id, EngineHost.Owner, default));
    }

    [Fact]
    public async Task Ending_an_upload_or_its_job_ends_the_other()
    {
        await using var engine = await StartAsync();
        var (first, second) = (await CreateAsync(engine, 10), await CreateAsync(engine, 10));
        var failing = await engine.SubmitAsync("hashing", Input(first.Id));
        var canceled = await engine.SubmitAsync("hashing", Input(second.Id));
        await engine.ReachAsync(failing.JobId, JobState.Running);
        await engine.ReachAsync(canceled.JobId, JobState.Running);

        Assert.True(await engine.Get<UploadService>().RemoveAsync(first.Id, EngineHost.Owner, default));
        await engine.Jobs.CancelAsync(canceled.JobId, EngineHost.Owner, default);

        Assert.Equal("upload_incomplete", ((DoneEvent)(await engine.EndAsync(failing.JobId))[^1]).Error!.Code);
        await engine.EndAsync(canceled.JobId);
        await Patience.UntilAsync(
            async () => await engine.Get<UploadService>().FindAsync(second.Id, EngineHost.Owner, default) is null, "the upload is gone");
        Assert.Equal("upload_not_found", await RefusedAsync(() => AppendAsync(engine, second.Id, 0, new byte[10])));
    }

    [Fact]
    public async Task Somebody_elses_file_does_not_exist()
    {
        await using var engine = await StartAsync();
        var uploads = engine.Get<UploadService>();
        var file = await CreateAsync(engine, 10);

        Assert.Null(await uploads.FindAsync(file.Id, "bob", default));
        Assert.Null(await uploads.InterruptAsync(file.Id, "bob", default));
        Assert.False(await uploads.RemoveAsync(file.Id, "bob", default));
        Assert.Equal("upload_not_found", await RefusedAsync(() => AppendAsync(engine, file.Id, 0, new byte[10], "bob")));
        var refusals = new List<WorkloadException>();
        foreach (var id in (string[])[file.Id, JobId.New().ToString()])
            refusals.Add(await Assert.ThrowsAsync<WorkloadException>(() => engine.SubmitAsync("hashing", Input(id), "bob")));
        Assert.All(refusals, r => Assert.Equal(("unknown_file", "input.file"), (r.Code, r.Property)));
        Assert.Equal(refusals[0].Message.Length, refusals[1].Message.Length);
        foreach (var name in (string[])["File", "FILE"])
        {
            var other = await Assert.ThrowsAsync<WorkloadException>(
                () => engine.SubmitAsync("hashing", Input(file.Id).Replace("file", name, StringComparison.Ordinal), "bob"));
            Assert.Equal("unknown_file", other.Code);
        }

        await AppendAsync(engine, file.Id, 0, new byte[10]);
        var job = await engine.SubmitAsync("hashing", Input(file.Id));
        await engine.EndAsync(job.JobId);
        Assert.Null(await engine.Jobs.ListFilesAsync(job.JobId, "bob", default));
    }

    [Fact]
    public async Task A_retry_shares_the_file_which_goes_with_the_last_job_that_needs_it()
    {
        await using var engine = await StartAsync();
        var file = await CreateAsync(engine, 10);
        await AppendAsync(engine, file.Id, 0, new byte[10]);
        var job = await engine.SubmitAsync("hashing", Input(file.Id));
        await engine.EndAsync(job.JobId);
        var again = (await engine.Jobs.RetryAsync(job.JobId, EngineHost.Owner, RetryScope.All, default))!.Snapshot;
        await engine.EndAsync(again.JobId);
        Assert.Equal(3, Blobs(engine).Count);

        await engine.Jobs.DeleteAsync(job.JobId, EngineHost.Owner, default);
        Assert.Equal(2, Blobs(engine).Count);
        Assert.Contains(file.Id, Blobs(engine));

        await engine.Jobs.DeleteAsync(again.JobId, EngineHost.Owner, default);
        Assert.Empty(Blobs(engine));
    }

    [Fact]
    public async Task Retention_takes_a_jobs_files_with_it_and_the_sweep_what_nobody_uses()
    {
        await using var engine = await StartAsync(o => o.Retention = TimeSpan.FromSeconds(1), uploads: o => o.UnusedLifetime = TimeSpan.FromSeconds(1));
        var (used, unused, broken) = (await CreateAsync(engine, 10), await CreateAsync(engine, 10), await CreateAsync(engine, 10));
        await AppendAsync(engine, used.Id, 0, new byte[10]);
        await AppendAsync(engine, unused.Id, 0, new byte[10]);
        await AppendAsync(engine, broken.Id, 0, new byte[5]);
        await engine.EndAsync((await engine.SubmitAsync("hashing", Input(used.Id))).JobId);

        await Patience.UntilAsync(async () =>
        {
            await engine.Get<RetentionSweeper>().SweepAsync(default);
            await engine.Get<UploadSweeper>().SweepAsync(default);
            return Blobs(engine).Count == 0;
        }, "all files are gone");

        Assert.Equal(0, await engine.Get<IFileStore>().CountBytesAsync(default));
    }

    [Fact]
    public async Task What_a_job_made_is_found_by_a_later_attempt_and_its_work_folder_is_gone_after_each()
    {
        await using var engine = await StartAsync(_ => { }, new LambdaWorkload("making", async context =>
        {
            await File.WriteAllTextAsync(Path.Combine(context.WorkFolder, "scratch"), "x");
            var found = await context.FindFileAsync("wave.txt");
            _seen.Enqueue(found is null ? "none" : await File.ReadAllTextAsync(found.Path));
            await context.AddFileAsync("wave.txt", "text/x-wave", $"made by {context.Attempt}");
            if (context.Attempt < 3)
                throw new WorkloadException("again", "Again.") { IsTransient = true };
        }));

        var job = await engine.SubmitAsync("making");
        await engine.EndAsync(job.JobId);

        Assert.Equal(["none", "made by 1", "made by 2"], _seen);
        var file = Assert.Single((await engine.Jobs.ListFilesAsync(job.JobId, EngineHost.Owner, default))!);
        Assert.Equal((true, "wave.txt", "text/x-wave", 9), (file.Derived, file.File.Name, file.File.MediaType, file.File.Length));
        Assert.Equal([file.File.Id], Blobs(engine));
        Assert.Empty(Directory.GetDirectories(Path.Combine(engine.Folder, "work")));
    }

    [Fact]
    public async Task After_a_crash_an_upload_goes_on_and_what_cannot_go_on_or_belongs_to_nothing_is_gone()
    {
        await using var engine = await StartAsync();
        var bytes = TusCalls.Bytes(100);
        var file = await CreateAsync(engine, 100);
        await AppendAsync(engine, file.Id, 0, bytes[..40]);
        var lost = await engine.Get<UploadService>().CreateAsync(EngineHost.Owner, "form", null, resumable: false, default);
        var job = await engine.SubmitAsync("hashing", Input(file.Id));
        var doomed = await engine.SubmitAsync("hashing", Input(lost.Id));
        await engine.ReachAsync(job.JobId, JobState.Running);
        await engine.ReachAsync(doomed.JobId, JobState.Running);
        var stray = Path.Combine(engine.Folder, "blobs", "00", new string('0', 32));
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllTextAsync(stray, "stray");
        Directory.CreateDirectory(Path.Combine(engine.Folder, "work", "left"));

        await engine.CrashAsync();

        Assert.Equal(40, (await engine.Get<UploadService>().InterruptAsync(file.Id, EngineHost.Owner, default))!.Received);
        Assert.Equal("upload_incomplete", ((DoneEvent)(await engine.EndAsync(doomed.JobId))[^1]).Error!.Code);
        Assert.Equal([file.Id], Blobs(engine));
        await AppendAsync(engine, file.Id, 40, bytes[40..]);
        await engine.EndAsync(job.JobId);
        Assert.StartsWith(TusCalls.Hash(bytes), await ResultAsync(engine, job.JobId), StringComparison.Ordinal);
    }

    private static Task<EngineHost> StartAsync(
        Action<ExecutionOptions>? options = null, params IWorkload[] workloads) => StartAsync(options, null, workloads);

    private static Task<EngineHost> StartAsync(
        Action<ExecutionOptions>? options = null, Action<UploadOptions>? uploads = null, params IWorkload[] workloads) =>
        EngineHost.StartAsync(
            options ?? (_ => { }),
            services => services.Configure<UploadOptions>(o =>
            {
                o.MinFreeBytes = 0;
                uploads?.Invoke(o);
            }),
            [new HashingWorkload(), new LambdaWorkload("quick", _ => Task.CompletedTask), .. workloads]);

    private static Task<EngineHost> StartAsync() => StartAsync(null, null, []);

    private static LambdaWorkload Noting(string kind) => new(kind, _ => Task.CompletedTask);

    private static string Input(string file) => $$"""{"file":"{{file}}"}""";

    private static Task<StoredFile> CreateAsync(EngineHost engine, long length) =>
        engine.Get<UploadService>().CreateAsync(EngineHost.Owner, "talk.bin", length, resumable: true, default).Soon();

    private static async Task AppendAsync(EngineHost engine, string id, long offset, byte[] bytes, string owner = EngineHost.Owner)
    {
        using var content = new MemoryStream(bytes);
        await engine.Get<UploadService>().AppendAsync(id, owner, offset, content, isRest: false, default).Soon();
    }

    private static async Task<string> RefusedAsync(Func<Task> action) => (await Assert.ThrowsAsync<UploadException>(action)).Code;

    private static async Task<ProgressEvent?> LastAsync(EngineHost engine, JobId id) =>
        (await engine.Jobs.ReadEventsAsync(id, EngineHost.Owner, 0, 1000, default))!
            .Select(f => f.Decode()).OfType<ProgressEvent>().LastOrDefault();

    private static async Task<string> ResultAsync(EngineHost engine, JobId id) =>
        Encoding.UTF8.GetString((await engine.Jobs.ReadResultAsync(id, EngineHost.Owner, false, default))!.Body.Span);

    private static List<string> Blobs(EngineHost engine) => Directory.Exists(Path.Combine(engine.Folder, "blobs"))
        ? [.. Directory.GetFiles(Path.Combine(engine.Folder, "blobs"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f))]
        : [];
}
