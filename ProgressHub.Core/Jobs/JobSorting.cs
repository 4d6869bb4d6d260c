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
