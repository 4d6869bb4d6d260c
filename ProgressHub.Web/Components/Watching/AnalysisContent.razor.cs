using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The answer to a question over a table, once it is there: in words, as a chart and as rows.</summary>
public sealed partial class AnalysisContent
{
    private const int RowsInChat = 8;
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(2);

    private AnalysisAnswer? _answer;
    private bool _asked;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether it is one answer of several, so that less of it is shown.</summary>
    [Parameter]
    public bool InChat { get; set; }

    /// <summary>Asks a question that would be understood.</summary>
    [Parameter]
    public EventCallback<string> OnAsk { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private int MostRows => InChat ? RowsInChat : AnalysisAnswer.MostRows;

    // Links go where the UI is mounted, which need not be the root of the server.
    private string? ResultUrl => Job.ResultUrl?.TrimStart('/');

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_asked || Job.ResultUrl is null)
            return;
        _asked = true;
        Follow(ReadAsync);
    }

    private string? Counted(AnalysisAnswer answer) => answer.RowCount > MostRows
        ? UiText.Of("The first {0} of {1:N0} rows. ", MostRows, answer.RowCount) : null;

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (await Jobs.ReadResultAsync(Job.JobId, Caller.Owner, soFar: false, cancellationToken) is { } result)
                {
                    using var document = JsonDocument.Parse(result.Body);
                    _answer = AnalysisAnswer.Read(document.RootElement);
                    Changed();
                }

                return;
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StorePause, Time, cancellationToken);
            }
        }
    }
}
