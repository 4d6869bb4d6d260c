using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>What the input of an ask job says, for whoever tells of the job.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Collection">The id of the collection.</param>
/// <param name="Language"><c>en</c> or <c>zh</c>; that of the question where the input names none.</param>
/// <param name="Stream">Whether the answer is delivered in pieces while it is written.</param>
/// <param name="Attributes">What the documents must have; empty for any.</param>
public sealed record AskDetails(
    string Question, string Collection, string Language, bool Stream, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The kind of these jobs.</summary>
    public const string Kind = AskWorkload.Name;

    /// <summary>The attribute of numbered documents.</summary>
    public const string Number = "number";

    private static readonly Lazy<InputBinder<AskInput>> Binder = new(() => new InputBinder<AskInput>("Question", AskInput.Shape));

    /// <summary>Reads an input.</summary>
    /// <exception cref="WorkloadException">It is none of an ask job.</exception>
    public static AskDetails Read(JsonElement input)
    {
        var request = Binder.Value.Read(input).Checked();
        return new AskDetails(
            request.Question, request.Collection, new AskPhrases(request.Language).Code, request.Stream, request.Attributes);
    }
}
