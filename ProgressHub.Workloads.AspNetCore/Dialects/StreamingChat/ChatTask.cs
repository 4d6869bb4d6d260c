using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.Knowledge.Ask;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>What this dialect tells of a job besides its events: all of it from the stored input.</summary>
/// <param name="Info">What was asked, as the client named it.</param>
/// <param name="Words">How it is told.</param>
internal sealed record ChatTask(ChatTaskInfo Info, ChatWords Words)
{
    /// <summary>A job's task; null where the caller has no such job, or it is none of these.</summary>
    public static async Task<ChatTask?> FindAsync(JobId id, ClaimsPrincipal user, JobService jobs, CancellationToken aborted)
    {
        if (await jobs.FindAsync(id, user.Owner(), aborted) is not { Kind: AskDetails.Kind }
            || await jobs.ReadInputAsync(id, user.Owner(), JobRight.Read, aborted) is not { } input)
            return null;
        using var json = JsonDocument.Parse(input);
        return Of(AskDetails.Read(json.RootElement));
    }

    /// <summary>A question's task.</summary>
    public static ChatTask Of(AskDetails asked) => new(
        new ChatTaskInfo(
            asked.Collection,
            int.TryParse(asked.Attributes.GetValueOrDefault(AskDetails.Number), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : null,
            asked.Stream),
        asked.Language == "zh" ? ChatWords.Chinese : ChatWords.English);
}
