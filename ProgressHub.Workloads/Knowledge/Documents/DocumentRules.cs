using System.Globalization;
using System.Text;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>What every document keeps to, wherever it comes from.</summary>
internal static class DocumentRules
{
    public const int MaxCharacters = 50_000_000;
    private const int MaxAttributes = 50;
    private const int MaxAttributeCharacters = 500;

    /// <summary>A document with its rough edges taken off.</summary>
    /// <exception cref="WorkloadException">It breaks a rule; the message says which.</exception>
    public static SourceDocument Check(
        string id, string? title, IReadOnlyList<Section> sections, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        id = id.Trim();
        if (id.Length is 0 or > SourceDocument.MaxIdCharacters || id.Any(c => char.IsControl(c) || c is '/' or '\\'))
        {
            throw new WorkloadException(
                "invalid_document", $"A document's id has 1 to {SourceDocument.MaxIdCharacters} characters, and no slashes.");
        }

        var kept = sections
            .Select(s => s.Trimmed() with { Heading = Line(s.Heading) })
            .Where(s => s.Text.Length > 0 || s.Heading is not null).ToList();
        if (kept.Sum(s => s.Text.Length) == 0)
            throw new WorkloadException("empty_document", "There is no text in it.");
        if (kept.Sum(s => (long)s.Text.Length) > MaxCharacters)
            throw TooLong();

        return new SourceDocument(id, Line(title) ?? id, kept, Attributes(attributes));
    }

    public static WorkloadException TooLong() => new(
        "document_too_large", string.Create(CultureInfo.InvariantCulture, $"It has more than {MaxCharacters:N0} characters. Take it in in parts."));

    private static SortedDictionary<string, string> Attributes(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var kept = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in attributes)
        {
            var name = key.Trim().ToLowerInvariant();
            if (name.Length is > 0 and <= 100 && !string.IsNullOrWhiteSpace(value) && kept.Count < MaxAttributes)
                kept[name] = Cut(value.Trim(), MaxAttributeCharacters);
        }

        return kept;
    }

    private static string? Line(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var line = new StringBuilder();
        foreach (var c in text.Trim())
            line.Append(char.IsControl(c) ? ' ' : c);
        return Cut(line.ToString(), SourceDocument.MaxTitleCharacters);
    }

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
