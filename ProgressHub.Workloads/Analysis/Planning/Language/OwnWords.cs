namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>What a table calls things, which stays as it is where a question is put into English.</summary>
/// <param name="Columns">The names of its columns.</param>
/// <param name="Values">Its values.</param>
/// <param name="IsOfPeople">Whether its rows are people.</param>
internal sealed record OwnWords(IReadOnlyCollection<string> Columns, IReadOnlyCollection<string> Values, bool IsOfPeople)
{
    /// <summary>Of no table.</summary>
    public static OwnWords None { get; } = new([], [], IsOfPeople: false);
}
