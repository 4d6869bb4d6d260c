using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Chooses who does the work, and says of each whether it can, and if not what it needs.</summary>
public sealed partial class EngineChooser
{
    /// <summary>The engines, the default first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<EngineStatus> Engines { get; set; } = [];

    /// <summary>The id of the chosen one.</summary>
    [Parameter]
    public string? Selected { get; set; }

    /// <summary>Another was chosen.</summary>
    [Parameter]
    public EventCallback<string?> SelectedChanged { get; set; }

    /// <summary>What is wrong with the choice.</summary>
    [Parameter]
    public string? Problem { get; set; }

    private static bool IsUsable(EngineStatus engine) => engine.Ready || TranslationDraft.TakesKey(engine.Id);

    private static string Readiness(EngineStatus engine) => engine switch
    {
        { Ready: true } => UiText.Of("Ready"),
        _ when TranslationDraft.TakesKey(engine.Id) => UiText.Of("Ready with a key of yours"),
        _ => UiText.Of("Not ready"),
    };
}
