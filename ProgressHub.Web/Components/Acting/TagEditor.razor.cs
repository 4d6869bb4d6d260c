using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Acting;

/// <summary>A job's tags, each a way to the jobs that have it, to which the reader may add and from which they may take.</summary>
public sealed partial class TagEditor
{
    private ElementReference _field;
    private bool _isNaming;
    private bool _focuses;
    private string _name = "";

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether the reader may change them.</summary>
    [Parameter]
    public bool MayManage { get; set; }

    /// <summary>They are others now: the job as it is then. Of one that has ended no event tells of that.</summary>
    [Parameter]
    public EventCallback<JobSnapshot> OnChanged { get; set; }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focuses)
            return;
        _focuses = false;
        await _field.FocusAsync();
    }

    private string FieldId => $"tag-{Job.JobId}";

    private void Begin() => (_isNaming, _focuses, _name, Refusal) = (true, true, "", null);

    // The field stays, for the next one, which may be written while this one is on its way.
    private async Task AddAsync()
    {
        if (IsBusy || string.IsNullOrWhiteSpace(_name))
            return;
        var name = _name;
        _name = "";
        await ChangeAsync(new TagChange([name], []));
        if (Refusal is not null && _name.Length == 0)
            _name = name;
    }

    private Task RemoveAsync(string tag) => ChangeAsync(new TagChange([], [tag]));

    private Task ChangeAsync(TagChange change) => TryAsync(async () =>
    {
        if (await Jobs.ChangeTagsAsync(Job.JobId, Caller.Owner, change, CancellationToken.None) is not { } after)
        {
            Refusal = UiText.Of("The job is gone.");
            return;
        }

        await OnChanged.InvokeAsync(after);
    });
}
