using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// Follows a job for a subscriber: one notification a second at most while it works, and at once when its state as a task
/// changes, or it ends.
/// </summary>
internal sealed class JobNews(JobWait wait, JobTasks tasks)
{
    /// <summary>What tells of a task.</summary>
    public const string TaskChanged = "notifications/tasks";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Tells of each change, until the job has ended.</summary>
    /// <param name="owner">Who is told.</param>
    /// <param name="present">The state that is known.</param>
    /// <param name="tell">Tells of a state.</param>
    /// <param name="cancellationToken">Nobody wants to know any more.</param>
    public async Task FollowAsync(string owner, JobSnapshot present, Func<JobSnapshot, Task> tell, CancellationToken cancellationToken)
    {
        var told = present;
        while (!told.IsFinal)
        {
            var news = await wait.UntilAsync(owner, told, state => state.Seq > told.Seq, JobWait.Forever, null, cancellationToken);
            if (news is null || news.Seq == told.Seq)
                return;
            await tell(news);
            var status = JobTasks.StatusOf(news);
            var next = await wait.UntilAsync(owner, news, state => JobTasks.StatusOf(state) != status, Pause, null, cancellationToken);
            if (next is null)
                return;

            // What came within the pause is told now where it is another state, and else with the next news.
            told = JobTasks.StatusOf(next) == status ? news : next;
            if (told == next)
                await tell(next);
        }
    }

    /// <summary>The parameters of a notification of a task: what <c>tasks/get</c> would answer.</summary>
    public async Task<JsonObject> OfTaskAsync(JobSnapshot job, string owner, CancellationToken cancellationToken)
    {
        var view = (JsonObject)JsonSerializer.SerializeToNode(
            await tasks.ReadAsync(job, owner, cancellationToken), McpJson.Default.TaskView)!;
        view.Remove("resultType");
        return view;
    }
}
