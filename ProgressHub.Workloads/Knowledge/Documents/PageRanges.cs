using System.Globalization;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Page numbers as a person writes them: <c>2, 5–7</c>.</summary>
internal static class PageRanges
{
    private const int MostRanges = 20;

    public static string Of(IReadOnlyList<int> pages)
    {
        List<string> ranges = [];
        for (var i = 0; i < pages.Count; i++)
        {
            var first = pages[i];
            while (i + 1 < pages.Count && pages[i + 1] == pages[i] + 1)
                i++;
            ranges.Add(first == pages[i] ? Text(first) : $"{Text(first)}–{Text(pages[i])}");
        }

        return ranges.Count <= MostRanges ? string.Join(", ", ranges) : $"{string.Join(", ", ranges.Take(MostRanges))} and others";
    }

    private static string Text(int page) => page.ToString(CultureInfo.InvariantCulture);
}
