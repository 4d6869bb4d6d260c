using System.Globalization;
using System.Web;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>The address of something of a job, as resources have it: <c>progresshub://jobs/{id}/log?after=17</c>.</summary>
/// <param name="Job">The job.</param>
/// <param name="Part">Empty for its state; <c>log</c>, <c>result</c>, <c>files</c>.</param>
/// <param name="File">Which of its files, by id or name; null for their list.</param>
/// <param name="Position">Where to read on: the <c>seq</c> of a log, the character of a text.</param>
internal readonly record struct JobUri(JobId Job, string Part = "", string? File = null, long Position = 0)
{
    /// <summary>What comes before the job.</summary>
    public const string Base = "progresshub://jobs/";

    /// <summary>The part that is a job's log.</summary>
    public const string Log = "log";

    /// <summary>The part that is what came of a job.</summary>
    public const string Result = "result";

    /// <summary>The part that is a job's files.</summary>
    public const string Files = "files";

    /// <summary>Reads one; anything else is not one.</summary>
    public static bool TryParse(string? text, out JobUri uri)
    {
        uri = default;
        if (text is null || !text.StartsWith(Base, StringComparison.Ordinal))
            return false;
        var (path, query) = Split(text[Base.Length..], '?');
        var parts = path.Split('/');
        if (parts.Length > 3 || !JobId.TryParse(parts[0], null, out var job))
            return false;
        var part = parts.ElementAtOrDefault(1) ?? "";
        if (part is not ("" or Log or Result or Files) || (parts.Length == 3 && part != Files))
            return false;
        uri = new JobUri(job, part, parts.Length == 3 ? Uri.UnescapeDataString(parts[2]) : null, PositionIn(query, part));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var path = Part.Length == 0 ? $"{Base}{Job}" : $"{Base}{Job}/{Part}";
        if (File is not null)
            path += $"/{Uri.EscapeDataString(File)}";
        return Position == 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}?{Parameter(Part)}={Position}");
    }

    private static string Parameter(string part) => part == Log ? "after" : "offset";

    private static long PositionIn(string query, string part) =>
        long.TryParse(HttpUtility.ParseQueryString(query)[Parameter(part)], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : 0;

    private static (string Before, string After) Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, "");
}
