using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The result, or what there is of it so far, in each form that its workload offers.</summary>
public sealed partial class ResultFormLinks
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>The forms.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ResultForm> Forms { get; set; } = [];

    private string Label => Job.ResultUrl is null ? UiText.Of("Download what there is so far as") : UiText.Of("Download the transcript as");

    private static string NameOf(ResultForm form) => form.Name == "text" ? "TXT" : form.Name.ToUpperInvariant();

    private string Address(ResultForm form) =>
        $"{JobUrls.Result(Job.JobId).TrimStart('/')}?format={form.Name}&download=true{(Job.ResultUrl is null ? "&partial=true" : "")}";
}
