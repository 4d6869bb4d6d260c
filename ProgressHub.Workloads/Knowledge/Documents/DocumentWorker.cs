using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The worker that reads strangers' files; what it reads goes out in pieces.</summary>
internal sealed class DocumentWorker() : SingleOperation<ReadRequest, DocumentPiece, ReadNotes>(
    Read, DocumentJson.Default.ReadRequest, DocumentJson.Default.DocumentPiece, DocumentJson.Default.ReadNotes)
{
    public const string Kind = "documents";
    public const string Read = "read";

    protected override ReadNotes Run(ReadRequest request, Action<DocumentPiece> said)
    {
        using var file = File.OpenRead(request.Path);
        return DocumentReader.Read(request.Name, file, said);
    }
}
