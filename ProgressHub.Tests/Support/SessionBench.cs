using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Tests.Support;

/// <summary>Sessions over a database, with workers that nobody has started yet.</summary>
internal sealed class SessionBench : IDisposable
{
    private readonly TableWorkers _workers = new(WorkerSetup.Options, TimeProvider.System, NullLogger<WorkerPool>.Instance);

    public SessionBench(AnalysisDatabase database, string directory, AnalysisOptions options)
    {
        var (folder, wrapped) = (new TableFolder(directory), Options.Create(options));
        Tables = new TableStore(
            new TableRows(database, TimeProvider.System), folder, new TableEngine(_workers, folder.PathOf, wrapped), wrapped, TimeProvider.System);
        Sessions = new AnalysisSessions(database, Tables, wrapped, TimeProvider.System);
    }

    public TableStore Tables { get; }

    public AnalysisSessions Sessions { get; }

    public void Dispose() => _workers.Dispose();
}
