namespace ProgressHub.Tests.Support;

/// <summary>Where the sources are that a test reads or runs.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ProgressHub.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException(
                $"{AppContext.BaseDirectory} is not inside the repository; these tests need its sources."));
}
