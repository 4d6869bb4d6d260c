using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Uploading;

namespace ProgressHub.Tests.Components.Uploading;

public sealed class UploadQueueTests : ComponentTest
{
    private UploadQueue Queue => Services.GetRequiredService<UploadQueue>();

    [Fact]
    public void What_the_server_would_refuse_is_said_before_anything_is_sent()
    {
        Queue.Choose([new("1", "empty.wav", 0), new("2", "huge.wav", Queue.Limits.MaxBytes + 1), new("3", "fine.wav", 10)]);

        Assert.Equal([UploadState.Failed, UploadState.Failed, UploadState.Chosen], Queue.Items.Select(i => i.State));
        Assert.Equal("The file is empty.", Queue.Items[0].Problem);
        Assert.Contains("at most 512 MB", Queue.Items[1].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void More_files_than_are_listed_are_said_and_left_out()
    {
        Queue.Choose([.. Enumerable.Range(0, UploadQueue.MaxFiles + 2).Select(i => new ChosenFile($"{i}", $"{i}.wav", 1))]);

        Assert.Equal(UploadQueue.MaxFiles, Queue.Items.Count);
        Assert.Contains("2 were left out", Queue.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_few_files_go_at_once_and_the_next_when_one_is_through()
    {
        Queue.Choose([new("1", "a.wav", 1), new("2", "b.wav", 1), new("3", "c.wav", 1)]);

        await Queue.StartAsync("translation", Input);
        Assert.Equal(UploadState.Waiting, Queue.Items[2].State);
        Assert.True(await Queue.Begun("1", "f1"));
        await Queue.Sent("1");
        await Queue.Broken("2", "The line is dead.");

        Assert.Equal([UploadState.Sent, UploadState.Failed, UploadState.Starting], Queue.Items.Select(i => i.State));
        Assert.Equal("The line is dead.", Queue.Items[1].Problem);
    }

    [Fact]
    public async Task A_job_is_made_once_however_often_the_page_says_that_its_upload_has_begun()
    {
        Queue.Choose([new("1", "a.wav", 100)]);
        await Queue.StartAsync("translation", Input);

        Assert.True(await Queue.Begun("1", "f1"));
        Assert.True(await Queue.Begun("1", "f1"));
        Queue.Progress("1", 40);

        Assert.Equal("f1", Assert.Single(Translation.Accepted).GetProperty("file").GetString());
        Assert.Equal((UploadState.Sending, 40L), (Queue.Items[0].State, Queue.Items[0].Sent));
        Assert.Equal("a.wav", (await Jobs.FindAsync(Queue.Items[0].JobId!.Value, "local", CancellationToken.None))!.Title);
    }

    [Fact]
    public async Task Files_that_are_sent_together_have_a_tag_of_their_own_and_one_alone_has_none()
    {
        Queue.Choose([new("1", "a.wav", 1), new("2", "b.wav", 1)]);
        await Queue.StartAsync("translation", Input);
        await Queue.Begun("1", "f1");
        await Queue.Begun("2", "f2");
        var group = Queue.Group;
        Queue.Choose([new("3", "c.wav", 1)]);
        await Queue.StartAsync("translation", Input);
        await Queue.Sent("1");
        await Queue.Begun("3", "f3");

        Assert.StartsWith("2-files-", group, StringComparison.Ordinal);
        var together = await Jobs.ListAsync(new JobQuery { Owner = "local", Tag = group }, CancellationToken.None);
        Assert.Equal(["b.wav", "a.wav"], together.Items.Select(job => job.Title));
        Assert.Empty((await Jobs.FindAsync(Queue.Items[2].JobId!.Value, "local", CancellationToken.None))!.Tags);
    }

    [Fact]
    public async Task A_refused_job_is_explained_and_its_bytes_are_not_sent()
    {
        Translation.Refusal = new WorkloadException("invalid_grammar", "The grammar does not close.");
        Queue.Choose([new("1", "a.wav", 100)]);
        await Queue.StartAsync("translation", Input);

        Assert.False(await Queue.Begun("1", "f1"));

        Assert.Equal("The grammar does not close.", Queue.Items[0].Problem);
    }

    [Fact]
    public async Task Canceling_a_file_cancels_its_job_and_makes_room()
    {
        Queue.Choose([new("1", "a.wav", 100), new("2", "b.wav", 1), new("3", "c.wav", 1)]);
        await Queue.StartAsync("translation", Input);
        await Queue.Begun("1", "f1");

        await Queue.CancelAsync(Queue.Items[0]);

        Assert.Equal([UploadState.Canceled, UploadState.Starting, UploadState.Starting], Queue.Items.Select(i => i.State));
        var job = await Jobs.FindAsync(Queue.Items[0].JobId!.Value, "local", CancellationToken.None);
        Assert.Equal(JobState.Canceled, job!.State);
    }

    [Fact]
    public async Task A_file_canceled_before_its_upload_began_gets_no_job()
    {
        Queue.Choose([new("1", "a.wav", 100)]);
        await Queue.StartAsync("translation", Input);

        await Queue.CancelAsync(Queue.Items[0]);

        Assert.False(await Queue.Begun("1", "f1"));
        Assert.Empty(Translation.Accepted);
        await Queue.RemoveAsync(Queue.Items[0]);
        Assert.Empty(Queue.Items);
    }

    private static JsonElement Input(string file) => JsonSerializer.SerializeToElement(new { file });
}
