using System.Text;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Schedules;

/// <summary>
/// Looks at what somebody wants to have submitted while they are away: what a submission would refuse is refused at once, and so
/// is what can't be kept until then.
/// </summary>
internal sealed class ScheduleCheck(WorkloadCatalog workloads)
{
    /// <summary>The longest name, in UTF-16 units: with what stands before it, it is a tag of its jobs.</summary>
    public const int MaxName = 40;

    /// <summary>The most bytes of an input, in UTF-8.</summary>
    public const int MaxInput = 256 * 1024;

    /// <summary>How the tag begins by which the jobs of a schedule are found; its name follows.</summary>
    public const string TagPrefix = "schedule:";

    /// <summary>The draft as it is to be kept.</summary>
    /// <exception cref="WorkloadException">It is not acceptable; the code and the property say why.</exception>
    public async Task<ScheduleDraft> AcceptAsync(ScheduleDraft draft, string owner, CancellationToken cancellationToken)
    {
        var labelled = Label(draft);
        await RequireInputAsync(draft, owner, cancellationToken);
        return labelled;
    }

    /// <summary>The same where the kind and the input are as they were.</summary>
    public static ScheduleDraft Label(ScheduleDraft draft)
    {
        var name = EventText.Line(draft.Name.Trim());
        if (name.Length is 0 or > MaxName)
            throw Refuse("invalid_name", $"A schedule's name has 1 to {MaxName} characters.", "name");
        var tags = JobLabels.Tags([.. draft.Tags.Where(tag => !string.Equals(tag?.Trim(), TagPrefix + name, StringComparison.Ordinal))]);
        return tags.Count < JobService.MaxTags
            ? draft with { Name = name, Tags = tags }
            : throw Refuse("too_many_tags", $"A schedule has at most {JobService.MaxTags - 1} tags: one more names it.", "tags");
    }

    private async Task RequireInputAsync(ScheduleDraft draft, string owner, CancellationToken cancellationToken)
    {
        var workload = workloads.Get(draft.Kind);
        if (workload.Descriptor.IsRemote)
            throw Refuse("kind_not_scheduled", "Jobs of this kind are done by a program that is told a token when it submits them; a schedule can't tell it.", "kind");
        if (draft.Input.ValueKind != JsonValueKind.Object)
            throw Refuse("invalid_input", "'input' is not a JSON object.", "input");
        if (Encoding.UTF8.GetByteCount(draft.Input.GetRawText()) > MaxInput)
            throw Refuse("input_too_large", $"The input of a schedule has at most {MaxInput / 1024} KiB.", "input");
        if (FileInputs.Of(workload.Descriptor, draft.Input).Count > 0)
            throw Refuse("files_not_scheduled", "A schedule has no files: an upload is gone before it is due. Submit the job itself.", $"input.{workload.Descriptor.FileInput}");
        if (JobSecrets.HasAny(draft.Input, workloads.SecretNames))
            throw Refuse("secrets_not_scheduled", "A schedule has no secrets: they are never stored. Configure the key on the server.", "input");
        try
        {
            await workload.PlanAsync(new WorkloadInput(draft.Input), owner, cancellationToken);
        }
        catch (WorkloadException failure) when (failure.IsTransient)
        {
            // What is not there now may be there by then.
        }
    }

    private static WorkloadException Refuse(string code, string message, string property) => new(code, message) { Property = property };
}
