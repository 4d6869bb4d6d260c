namespace ProgressHub.Tests.Support;

/// <summary>The programs that run on this machine (Linux).</summary>
internal static class ProcessTable
{
    /// <summary>Those that have some text, such as the path of a folder of one test alone, in their command line.</summary>
    public static IReadOnlyList<int> With(string text) => [.. Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
        .Where(id => id > 0 && IsAlive(id) && Read(id, "cmdline").Contains(text, StringComparison.Ordinal))];

    /// <summary>Whether it runs; a zombie is dead, nobody has asked for its exit code yet.</summary>
    public static bool IsAlive(int id) =>
        Read(id, "stat") is { Length: > 0 } stat && !stat.Split(") ")[^1].StartsWith('Z');

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
