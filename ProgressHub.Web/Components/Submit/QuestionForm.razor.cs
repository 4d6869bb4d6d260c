using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Chat;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Asks a question of a table: one that comes with the server, or that of a session.</summary>
public sealed partial class QuestionForm
{
    private const int ListedSessions = 6;
    private const string Question = "question";

    private IReadOnlyList<QuestionSource> _sources = [];
    private string? _source;
    private string _question = "";

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    private QuestionSource? Chosen => _sources.FirstOrDefault(source => source.Id == _source);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _sources = await TablesAsync();
        _source = _sources.Count > 0 ? _sources[0].Id : null;
    }

    // Of sessions those used last; all of them are under Analysis.
    private async Task<IReadOnlyList<QuestionSource>> TablesAsync() =>
    [
        .. AnalysisSamples.All.Select(table => new QuestionSource(table.Id, table.Label, table.Description, table.Questions)),
        .. (await Sessions.ListAsync(Caller.Owner, CancellationToken.None)).Take(ListedSessions).Select(session => new QuestionSource(
            session.Id, session.Name, UiText.Of("Session · {0}", SessionWords.Facts(session)), session.Suggestions) { IsSession = true }),
    ];

    private Task SubmitAsync()
    {
        Dictionary<string, string> problems = string.IsNullOrWhiteSpace(_question) ? new() { [Question] = UiText.Of("Ask something first.") } : [];
        return _source is { } source ? SubmitAsync(problems, () => AskAsync(source)) : Task.CompletedTask;
    }

    private async Task AskAsync(string source)
    {
        var submission = await SubmitAsync(QuestionList.Kind, Input(source));
        Leave(Chosen?.IsSession == true ? $"analysis/{source}" : $"jobs/{submission.Snapshot.JobId}");
    }

    private JsonElement Input(string source) => JsonSerializer.SerializeToElement(new Dictionary<string, string>
    {
        [Question] = _question.Trim(),
        [Chosen?.IsSession == true ? "session" : "sample"] = source,
    });
}
