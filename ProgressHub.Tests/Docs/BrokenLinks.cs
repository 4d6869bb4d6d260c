using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Docs;

/// <summary>Finds links that lead to no file, or to no heading of it.</summary>
internal static class BrokenLinks
{
    /// <summary>What is wrong with a file's links, one line for each that is broken; addresses elsewhere are not asked.</summary>
    public static IReadOnlyList<string> Of(MarkdownFile file) =>
        [.. file.Links.Where(IsRelative).Select(link => Problem(file, link)).OfType<string>()];

    private static bool IsRelative(string link) => !Uri.TryCreate(link, UriKind.Absolute, out _) && !link.StartsWith("//", StringComparison.Ordinal);

    private static string? Problem(MarkdownFile file, string link)
    {
        var (path, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
        var target = file;
        if (path.Length > 0)
        {
            var full = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(file.Path)!, path));
            var relative = Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
            if (relative.StartsWith("..", StringComparison.Ordinal) || !Path.Exists(full))
                return $"{file.Path}: {link}: there is no {relative}";
            if (anchor is null)
                return null;
            target = new MarkdownFile(relative, File.ReadAllText(full));
        }

        return anchor is null || target.Anchors.Contains(anchor) ? null : $"{file.Path}: {link}: there is no heading #{anchor}";
    }
}
