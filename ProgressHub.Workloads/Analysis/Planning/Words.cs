using ProgressHub.Workloads.Analysis.Planning.Language;

namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>Questions as they are compared with each other.</summary>
internal static class Words
{
    /// <summary>A question as the cache compares it: case, marks and spaces do not count; signs that compute do.</summary>
    public static string Normalize(string question) => string.Join(' ', QuestionWords.Words(question)
        .Where(w => w.Kind is not (WordKind.Stop or WordKind.Comma)).Select(w => w.Kind == WordKind.Quoted ? $"'{w.Raw}'" : w.Stem));
}
