using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>The documents of the systems this dialect speaks for, where they lie beside the repository; they are no part of it.</summary>
internal static class ChatDocuments
{
    public const string Enhanced = "2-enhanced-rag-progress.md";
    public const string Streaming = "3-streaming-processor.md";

    /// <summary>Where they are; null where they are not.</summary>
    public static string? Folder { get; } = new[] { "..", "../.." }
        .Select(up => Path.GetFullPath(Path.Combine(Repository.Root, up, "shared", "seeds")))
        .FirstOrDefault(Directory.Exists);

    /// <summary>Lines of a document that begin so, without that beginning; none where the document is not here.</summary>
    public static IReadOnlyList<string> Lines(string document, string beginning, string keep = "") => Folder is null ? [] :
    [
        .. File.ReadLines(Path.Combine(Folder, document)).Where(l => l.StartsWith(beginning, StringComparison.Ordinal))
            .Select(l => keep + l[beginning.Length..]),
    ];

    /// <summary>The first code block of a language below a line, without its fences; null where the document is not here.</summary>
    public static string? Code(string document, string below, string language = "")
    {
        if (Folder is null)
            return null;
        var text = File.ReadAllText(Path.Combine(Folder, document));
        var at = text.IndexOf($"\n{below}", StringComparison.Ordinal);
        Assert.True(at >= 0, $"{document} has no '{below}'.");
        var begin = text.IndexOf('\n', text.IndexOf($"\n```{language}", at + 1, StringComparison.Ordinal) + 1) + 1;
        return text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)];
    }
}
