using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressHub.Tool.Bars;

/// <summary>git shows each of its phases from 0 to 100 %; most of a clone is receiving.</summary>
internal static partial class GitPhases
{
    private static readonly (string Name, double From, double To)[] Phases =
    [
        ("Enumerating objects", 0, 0.01), ("Counting objects", 0.01, 0.02), ("Compressing objects", 0.02, 0.05),
        ("Receiving objects", 0.05, 0.85), ("Writing objects", 0.05, 0.95), ("Resolving deltas", 0.85, 0.95),
        ("Updating files", 0.95, 1), ("Checking out files", 0.95, 1),
    ];

    /// <summary>How far a line says the whole is; null where it is not git's.</summary>
    public static BarReading? Read(string line)
    {
        if (Phase().Match(line) is not { Success: true } match)
            return null;
        var name = match.Groups["name"].Value;
        var (_, from, to) = Array.Find(Phases, phase => phase.Name == name);
        var part = double.Parse(match.Groups["percent"].Value, CultureInfo.InvariantCulture) / 100;
        return new BarReading(from + ((to - from) * Math.Min(1, part)), name, BarKind.Bar);
    }

    [GeneratedRegex(@"^\s*(?:remote: )?(?<name>Enumerating objects|Counting objects|Compressing objects|Receiving objects|Writing objects|Resolving deltas|Updating files|Checking out files):\s+(?<percent>\d{1,3})%")]
    private static partial Regex Phase();
}
