using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Has a worker read files; what goes wrong with one is an item that says why, and no more.</summary>
internal sealed class DocumentFiles(
    IOptions<KnowledgeOptions> knowledge, IOptions<WorkerOptions> workers, TimeProvider time, ILogger<WorkerPool> logger) : IDisposable
{
    private readonly WorkerPool _workers = new(WorkerKind, workers, time, logger);

    /// <summary>What a worker may take.</summary>
    public static WorkerKind WorkerKind { get; } = WorkerKind.OfParsers(DocumentWorker.Kind);

    /// <summary>The documents in a file, in its order, and what to know of how it was read.</summary>
    /// <param name="name">What its sender called it.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="progress">Hears the share of the file, 0..1, that is read, where that can be said.</param>
    /// <param name="cancellationToken">Ends it, whatever it is at.</param>
    /// <exception cref="WorkloadException"><c>engine_unavailable</c>: no worker can be started.</exception>
    public async Task<(IReadOnlyList<ReadItem> Items, ReadNotes Notes)> ReadAsync(
        string name, string path, Action<double> progress, CancellationToken cancellationToken)
    {
        var none = new ReadNotes(null, null);
        if (DocumentReader.Refuse(name, new FileInfo(path).Length) is { } refusal)
            return ([ReadItem.Failed(name, refusal)], none);
        var file = new DocumentAssembly();
        var input = JsonSerializer.SerializeToElement(new ReadRequest(name, path), DocumentJson.Default.ReadRequest);
        try
        {
            var notes = await _workers.RunAsync(
                new WorkerRequest(DocumentWorker.Read, input),
                said =>
                {
                    var piece = said.Deserialize(DocumentJson.Default.DocumentPiece)!;
                    file.Add(piece);
                    if (piece.Share is { } share)
                        progress(share);
                },
                knowledge.Value.ReadTimeout, cancellationToken);
            return (file.Items, notes.Deserialize(DocumentJson.Default.ReadNotes)!);
        }
        catch (WorkerEndedException ended) when (ended.End != WorkerEnd.NotStarted)
        {
            return ([ReadItem.Failed(name, Fault(ended))], none);
        }
        catch (WorkerEndedException missing)
        {
            throw new WorkloadException("engine_unavailable", "The process that reads documents can't be started now; the server's log says why.", missing) { IsTransient = true };
        }
    }

    public void Dispose() => _workers.Dispose();

    private WorkloadException Fault(WorkerEndedException ended) => ended.End switch
    {
        WorkerEnd.Deadline => new WorkloadException("document_timeout", string.Create(
            CultureInfo.InvariantCulture, $"Reading it was stopped after {knowledge.Value.ReadTimeout.TotalSeconds:0.#} s."), ended),
        WorkerEnd.OutOfMemory => new WorkloadException("document_too_complex", "It needs more memory to be read than it may take.", ended),
        _ => new WorkloadException("document_failed", "It could not be read: it ended the process that read it.", ended),
    };
}
