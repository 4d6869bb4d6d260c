using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Analysis.Tables.Layout;

/// <summary>
/// What programs put above a table for one another: Excel's <c>sep=;</c>, a line that names the encoding, comments. It is found
/// line by line, before anything is known of fields.
/// </summary>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Delimiter">What it says stands between fields.</param>
/// <param name="Encoding">What it says the encoding is.</param>
internal sealed record Preamble(int Lines, char? Delimiter, string? Encoding)
{
    private const int MaxLines = 200;

    /// <summary>Reads it from the beginning of a text.</summary>
    public static Preamble Of(string sample)
    {
        var (lines, delimiter, encoding) = (0, (char?)null, (string?)null);
        foreach (var line in sample.AsSpan().EnumerateLines())
        {
            var text = line.Trim().Trim('"');
            if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length is 4 or 5 && lines < 3)
                delimiter = text.Length == 5 ? text[4] : line.Contains('\t') ? '\t' : delimiter;
            else if (Named(text) is { } name)
                encoding ??= name;
            else if (!IsComment(line, sample))
                break;
            if (++lines >= MaxLines)
                break;
        }

        return new Preamble(lines, delimiter, encoding);
    }

    /// <summary>A text without so many of its first lines.</summary>
    public static int Skip(TextReader text, int lines)
    {
        var skipped = 0;
        while (skipped < lines && text.ReadLine() is not null)
            skipped++;
        return skipped;
    }

    private static string? Named(ReadOnlySpan<char> line)
    {
        line = line.TrimStart("#@/ ");
        foreach (var word in (ReadOnlySpan<string>)["charset", "encoding", "coding"])
        {
            if (!line.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = line[word.Length..].TrimStart();
            if (rest.IsEmpty || rest[0] is not ('=' or ':'))
                continue;
            var name = rest[1..].Trim(" \"';").ToString();
            return TextSource.Find(name) is null ? null : name;
        }

        return null;
    }

    // "#id,name" is a header: the lines below have as many fields. A comment's have not.
    private static bool IsComment(ReadOnlySpan<char> line, string sample)
    {
        if (line.IsEmpty || !(line[0] == '#' || line.StartsWith("//", StringComparison.Ordinal)))
            return false;
        var below = FirstUncommented(sample);
        foreach (var delimiter in (ReadOnlySpan<char>)[',', ';', '\t', '|'])
        {
            var fields = below.Count(delimiter);
            if (fields > 0 && line.Count(delimiter) == fields)
                return IsBeforeAnother(line, sample);
        }

        return true;
    }

    // Of several lines with a mark and as many fields as the rows, the last is the header.
    private static bool IsBeforeAnother(ReadOnlySpan<char> line, string sample)
    {
        var seen = false;
        foreach (var other in sample.AsSpan().EnumerateLines())
        {
            if (seen)
                return !other.IsEmpty && other[0] == '#';
            seen = other.Overlaps(line) && other.Length == line.Length;
        }

        return false;
    }

    private static ReadOnlySpan<char> FirstUncommented(string sample)
    {
        foreach (var line in sample.AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty && line[0] != '#' && !line.StartsWith("//", StringComparison.Ordinal))
                return line;
        }

        return [];
    }
}
