using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Schedules;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Schedules;

/// <summary>What can be done with a schedule where it stands in the list.</summary>
public sealed partial class ScheduleActions
{
    private bool _isAsking;
    private string? _said;

    /// <summary>Which.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What it is called.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Whether it goes on.</summary>
    [Parameter, EditorRequired]
    public bool IsOn { get; set; }

    /// <summary>It has changed, or is gone.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private ScheduleService Schedules { get; set; } = null!;

    private Task SwitchAsync() => ActAsync(async () =>
    {
        var on = !IsOn;
        await Schedules.ChangeAsync(Id, Caller.Owner, draft => draft with { IsEnabled = on }, CancellationToken.None);
        _said = on ? UiText.Of("“{0}” is on.", Name) : UiText.Of("“{0}” is paused.", Name);
    });

    private Task RunAsync() => ActAsync(async () =>
    {
        CountSubmission();
        await Schedules.RunAsync(Id, Caller.Owner, null, CancellationToken.None);
        _said = UiText.Of("The job of “{0}” was submitted.", Name);
    });

    private Task DeleteAsync() => ActAsync(async () =>
    {
        await Schedules.DeleteAsync(Id, Caller.Owner, CancellationToken.None);
        _isAsking = false;
    });

    private Task ActAsync(Func<Task> act) => TryAsync(async () =>
    {
        await act();
        await OnChanged.InvokeAsync();
    });
}
