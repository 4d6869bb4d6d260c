using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Web.Components.Uploading;

namespace ProgressHub.Tests.Components.Uploading;

public sealed class DocumentQueueTests : KnowledgeComponentTest
{
    [Fact]
    public async Task What_can_not_be_read_is_said_before_anything_is_sent()
    {
        var queue = await QueueAsync();

        queue.Choose([new("1", "photo.png", 10), new("2", "huge.txt", 65L << 20), new("3", "a.md", 10)]);

        Assert.Equal([UploadState.Failed, UploadState.Failed, UploadState.Chosen], queue.Items.Select(i => i.State));
        Assert.Contains("'.png' can't be read", queue.Items[0].Problem, StringComparison.Ordinal);
        Assert.Contains("64 MiB", queue.Items[1].Problem, StringComparison.Ordinal);
        Assert.Equal(1, queue.Ready);
    }

    [Fact]
    public async Task All_that_were_sent_whole_become_one_job_and_one_that_broke_stays_with_its_reason()
    {
        var queue = await QueueAsync();
        queue.Choose([new("1", "a.md", 10), new("2", "b.txt", 10), new("3", "c.txt", 10)]);

        await queue.StartAsync();
        foreach (var key in (string[])["1", "2", "3"])
        {
            Assert.True(await queue.Begun(key, await UploadAsync($"{key}.txt")));
            if (key == "2")
                await queue.Broken(key, "The line is dead.");
            else
                await queue.Sent(key);
        }

        Assert.Equal(["The line is dead."], queue.Items.Select(i => i.Problem));
        var job = Assert.Single((await Jobs.ListAsync(new JobQuery { Owner = Owner }, CancellationToken.None)).Items);
        Assert.Equal(("ingest", "2 files into Birds"), (job.Kind, job.Title));
        Assert.False(queue.IsBusy);
    }

    [Fact]
    public async Task Files_of_a_refused_job_stay_and_can_be_submitted_once_more()
    {
        var made = await CreateAsync();
        var queue = Services.GetRequiredService<DocumentQueues>().Of(made.Id);
        queue.Choose([new("1", "a.md", 10)]);
        await queue.StartAsync();
        await queue.Begun("1", new string('0', 32));

        await queue.Sent("1");
        Assert.NotNull(queue.Refusal);
        Assert.Equal((1, false), (queue.Ready, queue.IsBusy));
        queue.Items[0].FileId = await UploadAsync("a.md");
        await queue.StartAsync();

        Assert.Null(queue.Refusal);
        Assert.Empty(queue.Items);
        Assert.Single((await Jobs.ListAsync(new JobQuery { Owner = Owner }, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Each_collection_has_files_of_its_own_and_an_empty_list_is_let_go_of()
    {
        var queues = Services.GetRequiredService<DocumentQueues>();
        var (first, second) = ((await CreateAsync()).Id, (await CreateAsync("Fish")).Id);
        queues.Of(first).Choose([new("1", "a.md", 10)]);
        var empty = queues.Of(second);

        Assert.Single(queues.Of(first).Items);
        Assert.NotSame(empty, queues.Of(second));
    }

    private async Task<DocumentQueue> QueueAsync() => Services.GetRequiredService<DocumentQueues>().Of((await CreateAsync()).Id);

    private async Task<string> UploadAsync(string name) =>
        (await Services.GetRequiredService<UploadService>().CreateAsync(Owner, name, 1, resumable: true, CancellationToken.None)).Id;
}
