using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Submit;

/// <summary>How a question over documents is to be answered: in which language, and by what.</summary>
public sealed partial class AskOptions
{
    /// <summary>What is filled in.</summary>
    [Parameter, EditorRequired]
    public AskDraft Draft { get; set; } = new();

    /// <summary>The engines, the default first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<EngineStatus> Engines { get; set; } = [];

    /// <summary>What is wrong, by property of the input.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyDictionary<string, string> Problems { get; set; } = new Dictionary<string, string>();

    private EngineStatus? Engine => Engines.FirstOrDefault(engine => engine.Id == Draft.Engine);

    private string? Problem(string property) => Problems.GetValueOrDefault(property);
}
