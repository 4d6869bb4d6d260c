using System.Text.Json.Serialization;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>What a file gives, a piece at a time: a document's sections follow one another until a piece that is its last.</summary>
/// <param name="Name">What to call the document where it can't be read, and its id where it has no other.</param>
/// <param name="Sections">The next of its sections.</param>
/// <param name="Last">Whether the document ends here.</param>
internal sealed record DocumentPiece(string Name, IReadOnlyList<Section> Sections, bool Last)
{
    /// <summary>Its title; told with the last piece.</summary>
    public string? Title { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>The share of the file, 0..1, that is read by now; null where that can't be said.</summary>
    public double? Share { get; init; }

    /// <summary>Why it can't be read: a stable code.</summary>
    public string? Code { get; init; }

    /// <summary>The same for a person.</summary>
    public string? Message { get; init; }

    public static DocumentPiece Of(ReadItem item) => item switch
    {
        { Document: { } document } => new DocumentPiece(document.Id, document.Sections, Last: true)
        {
            Title = document.Title, Attributes = document.Attributes,
        },
        _ => Failed(item.Name, item.Fault!),
    };

    public static DocumentPiece Failed(string name, WorkloadException fault) =>
        new(name, [], Last: true) { Code = fault.Code, Message = fault.Message };
}

/// <summary>A file to read.</summary>
/// <param name="Name">What its sender called it.</param>
/// <param name="Path">Where it lies.</param>
internal sealed record ReadRequest(string Name, string Path);

/// <summary>What a person should know of how a file was read.</summary>
/// <param name="Encoding">How its text is encoded, where that is not UTF-8; else null.</param>
/// <param name="Warning">What was not read; null for nothing.</param>
internal sealed record ReadNotes(string? Encoding, string? Warning);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DocumentPiece))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(ReadNotes))]
internal sealed partial class DocumentJson : JsonSerializerContext;
