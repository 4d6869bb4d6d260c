namespace ProgressHub.Core.Jobs;

/// <summary>How a list of jobs is sorted.</summary>
internal enum JobSorting
{
    /// <summary>The one submitted last first.</summary>
    Newest,

    /// <summary>The one submitted first first.</summary>
    Oldest,

    /// <summary>By title, whatever its case.</summary>
    Title,

    /// <summary>The one that has run longest first; those that have not begun last.</summary>
    Longest,
}

/// <summary>Sortings as addresses call them.</summary>
internal static class JobSortings
{
    /// <summary>All of them, the one that goes without saying first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["newest", "oldest", "title", "longest"];

    /// <summary>A sorting by its name; newest first where none is named, null where there is no such one.</summary>
    public static JobSorting? Parse(string? name) => name switch
    {
        null or "" or "newest" => JobSorting.Newest,
        "oldest" => JobSorting.Oldest,
        "title" => JobSorting.Title,
        "longest" => JobSorting.Longest,
        _ => null,
    };
}
