using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Collections;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Asks a question of a collection of documents: of the one it is given, or of one that is chosen in it.</summary>
public sealed partial class AskForm
{
    private const string Kind = "ask";

    private readonly AskDraft _draft = new();
    private IReadOnlyList<QuestionSource> _sources = [];
    private IReadOnlyList<EngineStatus> _engines = [];

    /// <summary>Which collection to ask; null where that is to be chosen.</summary>
    [Parameter]
    public Collection? Collection { get; set; }

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    private QuestionSource? Chosen => _sources.FirstOrDefault(source => source.Id == _draft.Collection);

    private EngineStatus? Engine => _engines.FirstOrDefault(engine => engine.Id == _draft.Engine);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Collection is null)
            await ReadCollectionsAsync();
        if (Workloads.Find(Kind) is { } ask)
            _engines = await ask.GetEnginesAsync(CancellationToken.None);
        _draft.Engine = Preferred(_engines);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Collection is not { } given)
            return;
        _sources = [Source(given)];
        _draft.Collection = given.Id;
    }

    private static QuestionSource Source(Collection collection) => new(
        collection.Id, collection.Name, Describe(collection), Examples(collection.Id));

    private static string Describe(Collection collection) =>
        !string.IsNullOrWhiteSpace(collection.Description) ? collection.Description
        : collection.Documents == 0 ? UiText.Of("Empty")
        : CollectionWords.Documents(collection.Documents);

    private static IReadOnlyList<string> Examples(string collection) => collection switch
    {
        "guan_yu" => ["What does number 40 say?", "第四十首說什麼？"],
        "lighthouse" => ["How is the lamp lit?", "Who keeps the light in a storm?"],
        _ => [],
    };

    private async Task ReadCollectionsAsync()
    {
        try
        {
            _sources = [.. (await Library.ListAsync(Caller.Owner, CancellationToken.None)).Select(Source)];
            _draft.Collection ??= _sources.Count > 0 ? _sources[0].Id : null;
        }
        catch (StorageUnavailableException)
        {
            Refusal = UiText.Of("The collections can't be read now; reload the page in a moment.");
        }
    }

    private Task SubmitAsync() => SubmitAsync(_draft.Check(Engine), async () =>
    {
        var submission = await SubmitAsync(Kind, _draft.ToInput());
        Leave($"jobs/{submission.Snapshot.JobId}");
    });
}
