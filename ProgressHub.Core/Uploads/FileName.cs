using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Uploads;

/// <summary>The names senders give their files: kept to be shown, never used as paths.</summary>
internal static class FileName
{
    private const int MaxLength = 200;

    /// <summary>One line without control characters and those that turn text round, the last part of what looks like a path; a stand-in where nothing is left.</summary>
    public static string Of(string? given)
    {
        var name = TextDirection.Without(given ?? "");
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var line = string.Create(Math.Min(name.Length, MaxLength), name, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) && !IsPaired(source, i) ? '_' : source[i];
        }).Trim();
        if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
            line = line[..^1];
        return line is "" or "." or ".." ? StoredFile.Unnamed : line;
    }

    private static bool IsPaired(string text, int i) => char.IsHighSurrogate(text[i])
        ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        : i > 0 && char.IsHighSurrogate(text[i - 1]);
}
