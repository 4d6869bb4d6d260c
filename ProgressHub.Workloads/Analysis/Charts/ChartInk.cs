namespace ProgressHub.Workloads.Analysis.Charts;

/// <summary>The colours of a drawing besides those of its data.</summary>
/// <param name="Text">Titles and names.</param>
/// <param name="Soft">Numbers and axes.</param>
/// <param name="Grid">Lines behind the data.</param>
/// <param name="Paper">What is behind all of it; null for what stands there anyway.</param>
internal sealed record ChartInk(string Text, string Soft, string Grid, string? Paper)
{
    /// <summary>For a file of its own, in any program.</summary>
    public static ChartInk Alone { get; } = new("#1a1a1a", "#444444", "#dddddd", "#ffffff");

    /// <summary>For a part of a page: in the page's own colours, light or dark.</summary>
    public static ChartInk OfPage { get; } = new("currentColor", "var(--text-soft, currentColor)", "var(--line, currentColor)", null);
}
