namespace ProgressHub.Core.Jobs;

/// <summary>A page of an owner's jobs, newest first. What is null does not narrow.</summary>
public sealed record JobQuery
{
    /// <summary>Whose jobs.</summary>
    public required string Owner { get; init; }

    /// <summary>Only this workload.</summary>
    public string? Kind { get; init; }

    /// <summary>Only these states; empty for all.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [];

    /// <summary>Only titles that contain this text, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary>Only jobs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only jobs submitted before the one at this position: the <see cref="ListPage{T}.Next"/> of a page.</summary>
    public long? Before { get; init; }

    /// <summary>
    /// How the page is sorted. Oldest first, <see cref="Before"/> is the job that the page comes after. By title and by how
    /// long they ran it counts the jobs before the page: what comes or goes between two pages moves the rest by one.
    /// </summary>
    internal JobSorting Sorting { get; init; }

    /// <summary>At most this many, 1 to 200.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A page, and the cursor of the one after it.</summary>
/// <param name="Items">The page.</param>
/// <param name="Next">What to pass as <see cref="JobQuery.Before"/> for the next page; null at the end.</param>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record ListPage<T>(IReadOnlyList<T> Items, long? Next);
