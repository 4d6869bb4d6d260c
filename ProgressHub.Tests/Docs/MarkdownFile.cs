using System.Text.RegularExpressions;
using ProgressHub.Tests.Packaging;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Docs;

/// <summary>A Markdown file: its code, its links and the anchors one may link to.</summary>
/// <param name="Path">Where it is, relative to the repository's root, with slashes.</param>
/// <param name="Text">Its text.</param>
internal sealed partial record MarkdownFile(string Path, string Text)
{
    /// <summary>All that people read.</summary>
    public static IReadOnlyList<MarkdownFile> All { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "clients/python/README.md" }.Concat(Repository.Files("docs", ".md"))
            .Concat(Packages.Names.Select(package => $"{package}/README.md"))
            .Select(path => new MarkdownFile(path, Repository.Read(path))),
    ];

    public IReadOnlyList<CodeBlock> Blocks { get; } =
    [
        .. Fence().Matches(Text)
            .Select(m => new CodeBlock(m.Groups["language"].Value, m.Groups["marker"].Value, m.Groups["code"].Value)),
    ];

    /// <summary>Where its links and images lead, as they are written.</summary>
    public IReadOnlyList<string> Links { get; } = [.. Link().Matches(WithoutCode(Text)).Select(m => m.Groups["target"].Value)];

    /// <summary>Addresses of the local server that it tells people to open, without the server.</summary>
    public IReadOnlyList<string> Pages { get; } = [.. Page().Matches(WithoutCode(Text)).Select(m => m.Groups["path"].Value)];

    /// <summary>The anchors of its headings, made as GitHub makes them.</summary>
    public IReadOnlySet<string> Anchors { get; } = AnchorsOf(Text);

    private static HashSet<string> AnchorsOf(string text)
    {
        var anchors = new HashSet<string>();
        foreach (Match heading in Heading().Matches(Fence().Replace(text, "")))
        {
            var words = Link().Replace(heading.Groups["text"].Value, m => m.Groups["label"].Value).Replace("`", "", StringComparison.Ordinal);
            var anchor = NotInAnchor().Replace(words.Trim().ToLowerInvariant(), "").Replace(' ', '-');
            var unique = anchor;
            for (var i = 1; !anchors.Add(unique); i++)
                unique = $"{anchor}-{i}";
        }

        return anchors;
    }

    private static string WithoutCode(string text) => Span().Replace(Fence().Replace(text, ""), "");

    [GeneratedRegex(@"(?:^<!-- (?<marker>[^\n]*?) -->\n)?^```(?<language>\S*)\n(?<code>.*?)\n?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex Span();

    [GeneratedRegex(@"!?\[(?<label>[^\]\n]*)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"<http://localhost:5080(?<path>[^>\s]*)>")]
    private static partial Regex Page();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex NotInAnchor();
}
