namespace ProgressHub.Web.Components.Submit;

/// <summary>What a question can be about: a collection of documents, or a table.</summary>
/// <param name="Id">Its name in the API.</param>
/// <param name="Label">Its name for a person.</param>
/// <param name="Description">What is in it.</param>
/// <param name="Examples">What could be asked of it.</param>
internal sealed record QuestionSource(string Id, string Label, string? Description, IReadOnlyList<string> Examples)
{
    /// <summary>Whether it is a session, whose conversation shows the answer.</summary>
    public bool IsSession { get; init; }
}
