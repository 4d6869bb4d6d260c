using System.Text.Json;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The worker that reads strangers' files; what it reads goes out in pieces as its progress.</summary>
internal sealed class DocumentWorker : IWorkerHandler
{
    public const string Kind = "documents";
    public const string Read = "read";

    public JsonElement Handle(string operation, JsonElement input, Action<JsonElement> progress)
    {
        if (operation != Read)
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");
        var request = input.Deserialize(DocumentJson.Default.ReadRequest)!;
        using var file = File.OpenRead(request.Path);
        var notes = DocumentReader.Read(
            request.Name, file, piece => progress(JsonSerializer.SerializeToElement(piece, DocumentJson.Default.DocumentPiece)));
        return JsonSerializer.SerializeToElement(notes, DocumentJson.Default.ReadNotes);
    }

    public void Dispose()
    {
        // Each request opens and closes what it needs.
    }
}
