using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Tests.Components.Chat;

/// <summary>Components of a conversation, over real tables in real files; questions are answered once the runner runs.</summary>
public abstract class ChatTest : ComponentTest
{
    private protected const string Owner = "local";

    private JobRunner? _runner;

    private protected ChatTest() => Services.AddSingleton<IWorkload, AnalysisWorkload>();

    private protected AnalysisSessions Sessions => Services.GetRequiredService<AnalysisSessions>();

    private protected Task<AnalysisSession> SessionAsync(
        string csv = "region,net_amount,gross_amount\nWest,3,4\nEast,5,6\n", string name = "orders.csv", string owner = Owner) =>
        Sessions.CreateAsync(owner, null, new MemoryStream(Encoding.UTF8.GetBytes(csv)), name, CancellationToken.None);

    private protected async Task<JobId> AskAsync(AnalysisSession session, string question, string owner = Owner) =>
        (await Jobs.SubmitAsync(
            new JobRequest
            {
                Kind = "analysis", Owner = owner, Input = JsonSerializer.SerializeToElement(new { session = session.Id, question }),
            },
            CancellationToken.None)).Snapshot.JobId;

    private protected Task RunAsync()
    {
        _runner = Services.GetRequiredService<JobRunner>();
        return _runner.StartAsync(CancellationToken.None);
    }

    // Before the services go.
    private protected override async Task EndAsync()
    {
        await DisposeComponentsAsync();
        if (_runner is { } runner)
            await runner.StopAsync(CancellationToken.None);
    }
}
