using System.Text.Json;

namespace ProgressHub.Core.Workloads.Knowledge.Ask;

/// <summary>What the input of an ask job says, for whoever tells of the job.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Collection">The id of the collection.</param>
/// <param name="Language"><c>en</c> or <c>zh</c>; that of the question where the input names none.</param>
/// <param name="Stream">Whether the answer is delivered in pieces while it is written.</param>
/// <param name="Attributes">What the documents must have; empty for any.</param>
public sealed record AskedQuestion(
    string Question, string Collection, string Language, bool Stream, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The kind of these jobs.</summary>
    public const string Kind = AskWorkload.Kind;

    /// <summary>The attribute of numbered documents.</summary>
    public const string Number = "number";

    /// <summary>Reads an input.</summary>
    /// <exception cref="WorkloadException">It is none of an ask job.</exception>
    public static AskedQuestion Read(JsonElement input)
    {
        var request = AskInput.Parse(input);
        return new AskedQuestion(
            request.Question, request.Collection, new AskPhrases(request.Language).Code, request.Stream, request.Attributes);
    }
}
