using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The answer to a question over a table, once it is there: in words, as a chart and as rows.</summary>
public sealed partial class AnalysisView
{
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(2);

    private AnalysisAnswer? _answer;
    private bool _asked;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_asked || Job.ResultUrl is null)
            return;
        _asked = true;
        Follow(ReadAsync);
    }

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
