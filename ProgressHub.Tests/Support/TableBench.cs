using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Tests.Support;

/// <summary>A table and real workers to ask it.</summary>
internal sealed class TableBench : IDisposable
{
    private readonly TableFile _file;
    private readonly TableWorkers _workers;

    public TableBench(string text, Action<AnalysisOptions>? configure = null)
    {
        _file = new TableFile(Encoding.UTF8.GetBytes(text));
        var options = new AnalysisOptions();
        configure?.Invoke(options);
        _workers = new TableWorkers(WorkerSetup.Options, TimeProvider.System, NullLogger<WorkerPool>.Instance);
        Engine = new TableEngine(_workers, _ => _file.Database, Options.Create(options));
    }

    public TableEngine Engine { get; }

    public string Folder => _file.Folder;

    public TableProfile Profile => _file.Profile;

    public void Dispose()
    {
        _workers.Dispose();
        _file.Dispose();
    }
}
