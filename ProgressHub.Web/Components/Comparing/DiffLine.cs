namespace ProgressHub.Web.Components.Comparing;

/// <summary>A line of two texts laid side by side.</summary>
/// <param name="Left">The line of the first; null where only the second has it.</param>
/// <param name="Right">The line of the second; null where only the first has it.</param>
public sealed record DiffLine(string? Left, string? Right)
{
    /// <summary>Whether both have it.</summary>
    public bool IsSame => Left is not null && Right is not null;
}
