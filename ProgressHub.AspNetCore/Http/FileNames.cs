using System.Buffers;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Http;

/// <summary>Names to save downloads as.</summary>
internal static class FileNames
{
    private const int MaxLength = 120;

    // What Windows, the strictest, does not take in a name.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"/\\|?*");

    /// <summary>A name that is one on every system: no path, no control characters, not hidden, and not too long.</summary>
    public static string Safe(string name)
    {
        name = TextDirection.Without(name);
        var safe = string.Create(Math.Min(name.Length, MaxLength), name, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
                target[i] = char.IsControl(source[i]) || Forbidden.Contains(source[i]) ? '_' : source[i];
        }).Trim(' ', '.');
        if (safe.Length > 0 && char.IsHighSurrogate(safe[^1]))
            safe = safe[..^1];
        return safe.Length > 0 ? safe : "result";
    }
}
