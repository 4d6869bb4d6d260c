using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Analysis.Samples;
using ProgressHub.Core.Workloads.Analysis.Sessions;
using ProgressHub.Web.Components.Chat;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Asks a question of a table: one that comes with the server, or that of a session.</summary>
public sealed partial class QuestionForm
{
    private const int ListedSessions = 6;

    private IReadOnlyList<QuestionSource> _sources = [];
    private string? _source;
    private string _question = "";
    private string? _problem;
    private string? _refusal;
    private bool _submitting;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

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
            session.Id, session.Name, $"Session · {SessionWords.Facts(session)}", session.Suggestions) { IsSession = true }),
    ];

    private async Task SubmitAsync()
    {
        _refusal = null;
        _problem = string.IsNullOrWhiteSpace(_question) ? "Ask something first." : null;
        if (_submitting || _problem is not null || _source is not { } source)
            return;

        _submitting = true;
        try
        {
            Allowance.Require(Caller.Owner);
            var submission = await Jobs.SubmitAsync(
                new JobRequest { Kind = QuestionList.Kind, Input = Input(source), Owner = Caller.Owner }, CancellationToken.None);
            Navigation.NavigateTo(Chosen?.IsSession == true ? $"analysis/{source}" : $"jobs/{submission.Snapshot.JobId}");
        }
        catch (WorkloadException refusal)
        {
            _refusal = refusal.Message;
        }
        catch (StorageUnavailableException)
        {
            _refusal = "The server can't write to its store now; try again in a moment.";
        }
        finally
        {
            _submitting = false;
        }
    }

    private JsonElement Input(string source) => JsonSerializer.SerializeToElement(new Dictionary<string, string>
    {
        ["question"] = _question.Trim(),
        [Chosen?.IsSession == true ? "session" : "sample"] = source,
    });
}
