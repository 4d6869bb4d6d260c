using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Submits a translation and goes to its job.</summary>
public sealed partial class TranslationForm
{
    private const string Kind = "translation";

    private readonly TranslationDraft _draft = new();
    private IReadOnlyList<EngineStatus> _engines = [];

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    private EngineStatus? Engine => _engines.FirstOrDefault(engine => engine.Id == _draft.Engine);

    /// <inheritdoc/>
    protected override string StoreIsDown =>
        UiText.Of("The server can't write to its store now. Your text is still here; try again in a moment.");

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Workloads.Find(Kind) is { } translation)
            _engines = await translation.GetEnginesAsync(CancellationToken.None);
        _draft.Engine = Preferred(_engines);
    }

    private void Type(string text)
    {
        _draft.Text = text;
        SetProblem("text", null);
    }

    private void Take(SourceFile file)
    {
        _draft.Take(file);
        SetProblem("text", null);
    }

    private void Refuse(string problem) => SetProblem("text", problem);

    private void Clear()
    {
        _draft.Text = "";
        _draft.FileName = null;
    }

    private Task SubmitAsync() => SubmitAsync(_draft.Check(Engine), async () =>
    {
        var submission = await SubmitAsync(Kind, _draft.ToInput(), _draft.Title);
        Leave($"jobs/{submission.Snapshot.JobId}");
    });

    private protected override bool HasField(string property) => property != "input";
}
