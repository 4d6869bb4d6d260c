using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage;

/// <summary>What every store of files does.</summary>
public abstract class FileStoreContract : StorageContract
{
    [Fact]
    public async Task A_file_is_found_as_it_was_kept_and_as_it_grew()
    {
        var file = await AddAsync(length: 10);
        Assert.Equal(file, await Files.FindAsync(file.Id, None));
        Assert.Null(await Files.FindAsync(NewId(), None));

        Clock.Advance(TimeSpan.FromSeconds(1));
        var half = file with { Received = 5, MediaType = "audio/wav", TouchedAt = Now };
        Assert.True(await Files.AdvanceAsync(half, None));
        Assert.Equal(half, await Files.FindAsync(file.Id, None));

        var whole = half with { Received = 10, CompletedAt = Now };
        Assert.True(await Files.AdvanceAsync(whole, None));
        Assert.False(await Files.AdvanceAsync(whole with { Received = 3 }, None));
        Assert.Equal(whole, await Files.FindAsync(file.Id, None));
    }

    [Fact]
    public async Task An_owner_has_only_so_many_files_that_no_job_uses_and_all_together_only_so_many_bytes()
    {
        var first = await AddAsync(length: 10);
        await AddAsync(length: 20);
        Assert.Equal(FileCreation.TooMany, await Files.CreateAsync(New(1), 2, 1000, None));
        Assert.Equal(FileCreation.NoRoom, await Files.CreateAsync(New(971), 3, 1000, None));
        Assert.Equal(FileCreation.Created, await Files.CreateAsync(New(970, owner: "bob"), 1, 1000, None));
        Assert.Equal(1000, await Files.CountBytesAsync(None));

        // Used and whole, it counts no longer as open; as bytes it does.
        await CreateWithAsync(first.Id);
        await Files.AdvanceAsync(first with { Received = 10, CompletedAt = Now }, None);
        Assert.Equal(FileCreation.Created, await Files.CreateAsync(New(null), 2, 2000, None));
        Assert.Equal(1000, await Files.CountBytesAsync(None));
    }

    [Fact]
    public async Task A_node_writes_an_upload_in_its_turn_and_what_an_earlier_one_writes_does_not_count()
    {
        var file = await AddAsync(length: 10);
        Assert.True(await Files.TakeTurnAsync(file, "a", None));
        Assert.False(await Files.TakeTurnAsync(file, "b", None));
        var first = (await Files.FindAsync(file.Id, None))!;
        Assert.Equal(new UploadTurn("a", 1, false), first.Turn);

        await Files.WantTurnAsync(first, None);
        await Files.TellArrivedAsync(file.Id, 1, 7, 9, Now, None);
        await Files.TellArrivedAsync(file.Id, 0, 8, 8, Now, None);
        Assert.True(await Files.AdvanceAsync(first with { Received = 4 }, None));
        var told = (await Files.FindAsync(file.Id, None))!;
        Assert.Equal((new UploadTurn("a", 1, true), 7L, 9L, 4L), (told.Turn, told.Arrived, told.Expected, told.Received));

        // "a" is gone, and what it does from here on is too late.
        Assert.True(await Files.TakeTurnAsync(told, "b", None));
        Assert.False(await Files.AdvanceAsync(told with { Received = 9 }, None));
        await Files.EndTurnAsync(file.Id, 1, None);
        var second = (await Files.FindAsync(file.Id, None))!;
        Assert.Equal((new UploadTurn("b", 2, false), 4L, 4L), (second.Turn, second.Arrived, second.Received));

        Assert.True(await Files.AdvanceAsync(second with { Received = 10, CompletedAt = Now }, None));
        await Files.EndTurnAsync(file.Id, 2, None);
        var whole = (await Files.FindAsync(file.Id, None))!;
        Assert.Null(whole.Turn.Writer);
        Assert.False(await Files.TakeTurnAsync(whole, "a", None));
    }

    [Fact]
    public async Task A_job_uses_its_owners_files_alone_and_nothing_is_written_where_one_is_missing()
    {
        var file = await AddAsync();
        var other = await AddAsync(owner: "bob");
        var job = NewJob();
        var made = job.New();

        Assert.Equal(other.Id, (await Log.CreateAsync(made with { Files = [file.Id, other.Id] }, None)).MissingFile);
        Assert.Equal("none", (await Log.CreateAsync(made with { Files = ["none"] }, None)).MissingFile);
        Assert.Null(await Store.FindAsync(job.Id, None));

        Assert.True((await Log.CreateAsync(made with { Files = [file.Id, file.Id] }, None)).Created);
        Assert.Equal([new JobFile(file, false)], await Files.ListOfJobAsync(job.Id, None));
    }

    [Fact]
    public async Task An_id_that_a_job_has_or_had_is_taken()
    {
        var job = await FinishedAsync();
        var twin = NewJob();
        twin.Job = twin.Job with { Id = job.Id };
        var made = twin.New();
        Assert.True((await Log.CreateAsync(made, None)).IdTaken);

        await Store.PurgeAsync(job.Id, Now, None);
        Assert.True((await Log.CreateAsync(made, None)).IdTaken);
    }

    [Fact]
    public async Task A_file_goes_with_the_last_job_that_uses_it_and_its_bytes_are_remembered()
    {
        var file = await AddAsync();
        var first = await FinishedWithAsync(file.Id);
        var second = await FinishedWithAsync(file.Id);

        await Store.PurgeAsync(first.Id, Now, None);
        Assert.NotNull(await Files.FindAsync(file.Id, None));
        Assert.Empty(await Files.ListRemovedAsync(10, None));

        await Store.PurgeAsync(second.Id, Now, None);
        Assert.Null(await Files.FindAsync(file.Id, None));
        Assert.Equal([file.Id], await Files.ListRemovedAsync(10, None));
        Assert.Equal(0, await Files.CountBytesAsync(None));

        await Files.ForgetRemovedAsync([file.Id], None);
        Assert.Empty(await Files.ListRemovedAsync(10, None));
    }

    [Fact]
    public async Task What_a_job_needs_whole_is_not_removed_unless_it_must_be()
    {
        var file = await WholeAsync();
        await CreateWithAsync(file.Id);

        Assert.False(await Files.RemoveAsync(file.Id, evenIfUsed: false, None));
        Assert.True(await Files.RemoveAsync(file.Id, evenIfUsed: true, None));
        Assert.False(await Files.RemoveAsync(file.Id, evenIfUsed: true, None));

        Assert.Null(await Files.FindAsync(file.Id, None));
        Assert.Equal([file.Id], await Files.ListRemovedAsync(10, None));
    }

    [Fact]
    public async Task Of_an_ended_job_what_is_not_whole_goes_unless_another_job_needs_it()
    {
        var (mine, shared, whole) = (await AddAsync(), await AddAsync(), await WholeAsync());
        var job = await CreateWithAsync(mine.Id, shared.Id, whole.Id);
        await CreateWithAsync(shared.Id);

        Assert.Equal([mine.Id], await Files.RemoveIncompleteAsync(job.Id, None));

        Assert.Equal([shared.Id, whole.Id], (await Files.ListOfJobAsync(job.Id, None)).Select(f => f.File.Id).Order(ById([shared.Id, whole.Id])));
    }

    [Fact]
    public async Task A_derived_file_replaces_the_one_of_its_name_and_belongs_to_the_attempt_that_owns_the_job()
    {
        var job = await StartedAsync();
        var (first, second, other) = (await WholeAsync("a.wav"), await WholeAsync("a.wav"), await WholeAsync("b.wav"));

        Assert.True(await Files.KeepDerivedAsync(first with { MediaType = "audio/wav" }, Fence(job.Id, 1), None));
        Assert.True(await Files.KeepDerivedAsync(other, Fence(job.Id, 1), None));
        Assert.True(await Files.KeepDerivedAsync(second, Fence(job.Id, 1), None));
        Assert.False(await Files.KeepDerivedAsync(first, Fence(job.Id, 2), None));

        var files = await Files.ListOfJobAsync(job.Id, None);
        Assert.Equal([second.Id, other.Id], files.Select(f => f.File.Id));
        Assert.All(files, f => Assert.True(f.Derived));
        Assert.Equal([first.Id], await Files.ListRemovedAsync(10, None));
    }

    [Fact]
    public async Task Stale_is_what_was_not_touched_and_is_unused_or_not_whole()
    {
        var used = await WholeAsync();
        await CreateWithAsync(used.Id);
        var waited = await AddAsync();
        await CreateWithAsync(waited.Id);
        var unused = await WholeAsync();
        var stream = await AddAsync(resumable: false);
        Clock.Advance(TimeSpan.FromHours(1));
        await AddAsync();

        Assert.Equal(Sorted(waited.Id, unused.Id, stream.Id), Sorted([.. await Files.ListStaleAsync(Now, 0, 10, None)]));
        var first = Assert.Single(await Files.ListStaleAsync(Now, 0, 1, None));
        Assert.Equal(2, (await Files.ListStaleAsync(Now, 1, 10, None)).Count);
        Assert.DoesNotContain(first, await Files.ListStaleAsync(Now, 1, 10, None));
        Assert.Equal([stream.Id], await Files.ListUnresumableAsync(None));
    }

    [Fact]
    public async Task All_files_are_listed_page_by_page()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await AddAsync()).Id);
        ids.Sort(StringComparer.Ordinal);

        Assert.Equal(ids[..3], (await Files.ListAsync("", 3, None)).Select(f => f.Id));
        Assert.Equal(ids[3..], (await Files.ListAsync(ids[2], 3, None)).Select(f => f.Id));
    }

    private static string NewId() => JobId.New().ToString();

    private static string[] Sorted(params string[] ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static Comparer<string> ById(string[] order) =>
        Comparer<string>.Create((a, b) => Array.IndexOf(order, a).CompareTo(Array.IndexOf(order, b)));

    private StoredFile New(long? length, string owner = "ann", string name = "talk.wav", bool resumable = true) => new()
    {
        Id = NewId(), Owner = owner, Name = name, Length = length, Resumable = resumable, CreatedAt = Now, TouchedAt = Now,
    };

    private async Task<StoredFile> AddAsync(long? length = 10, string owner = "ann", string name = "talk.wav", bool resumable = true)
    {
        var file = New(length, owner, name, resumable);
        Assert.Equal(FileCreation.Created, await Files.CreateAsync(file, 1000, long.MaxValue, None));
        return file;
    }

    private async Task<StoredFile> WholeAsync(string name = "talk.wav")
    {
        var file = await AddAsync(name: name) with { Received = 10, CompletedAt = Now };
        Assert.True(await Files.AdvanceAsync(file, None));
        return file;
    }

    private async Task<LoggedJob> CreateWithAsync(params string[] files)
    {
        var job = NewJob();
        Assert.True((await Log.CreateAsync(job.New() with { Files = files }, None)).Created);
        return job;
    }

    private async Task<LoggedJob> FinishedWithAsync(string file)
    {
        var job = await CreateWithAsync(file);
        job.Job = Assert.Single(await ClaimAsync(job.Job.Kind, 1));
        await CommitAsync(job.Append(new StartedEvent([])));
        await CommitAsync(Finish(job));
        return job;
    }
}
