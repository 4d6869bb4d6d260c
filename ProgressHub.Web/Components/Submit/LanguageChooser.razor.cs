using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Chooses the languages: any two, or one of the pairs that the engine has.</summary>
public sealed partial class LanguageChooser
{
    private const string Other = "other";

    private bool _free;

    /// <summary>The engine, whose options may be pairs such as <c>en-es</c>.</summary>
    [Parameter]
    public EngineStatus? Engine { get; set; }

    /// <summary>From which language; null to have it detected.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>Another source was chosen.</summary>
    [Parameter]
    public EventCallback<string?> SourceChanged { get; set; }

    /// <summary>Into which language.</summary>
    [Parameter]
    public string Target { get; set; } = "";

    /// <summary>Another target was chosen.</summary>
    [Parameter]
    public EventCallback<string> TargetChanged { get; set; }

    /// <summary>What is wrong with the source.</summary>
    [Parameter]
    public string? SourceProblem { get; set; }

    /// <summary>What is wrong with the target.</summary>
    [Parameter]
    public string? TargetProblem { get; set; }

    private List<(string Pair, string From, string To)> Pairs { get; set; } = [];

    private string CurrentPair => $"{Source}-{Target}";

    private string? Described => TargetProblem is null ? null : "target-problem";

    private string? Invalid => TargetProblem is null ? null : "true";

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        Pairs = [];
        foreach (var option in Engine?.Options ?? [])
        {
            if (Languages.SplitPair(option) is var (from, to))
                Pairs.Add((option, from, to));
        }

        // An engine with pairs can do nothing else: what was chosen for another engine is moved to one of them.
        if (Pairs.Count > 0 && !Pairs.Exists(p => p.Pair == CurrentPair))
            await ChoosePairAsync((Pairs.Find(p => p.To == Target) is { Pair: { } fitting } ? fitting : Pairs[0].Pair));
    }

    private static string? NullIfEmpty(object? value) => value?.ToString() is { Length: > 0 } text ? text : null;

    private async Task ChoosePairAsync(string? pair)
    {
        if (Pairs.Find(p => p.Pair == pair) is not { Pair: not null } chosen)
            return;
        await SourceChanged.InvokeAsync(chosen.From);
        await TargetChanged.InvokeAsync(chosen.To);
    }

    private Task ChooseTargetAsync(string? code)
    {
        _free = code == Other;
        return TargetChanged.InvokeAsync(_free ? "" : code ?? "");
    }
}
