using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Submit;

/// <summary>A key and a model for one job, for engines that take them.</summary>
public sealed partial class KeyFields
{
    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public TranslationDraft Draft { get; set; } = new();

    /// <summary>Whether the engine can't do without a key.</summary>
    [Parameter]
    public bool Required { get; set; }

    /// <summary>What is wrong with the key.</summary>
    [Parameter]
    public string? KeyProblem { get; set; }

    /// <summary>What is wrong with the model.</summary>
    [Parameter]
    public string? ModelProblem { get; set; }
}
