using System.Globalization;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Support;

/// <summary>What whoever runs the tests asks for, other than is usual.</summary>
internal static class Wanted
{
    /// <summary>How many generated things are wanted, by <c>PROGRESSHUB_FUZZ</c>; null where nobody says.</summary>
    public static int? Generated { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PROGRESSHUB_FUZZ"), CultureInfo.InvariantCulture, out var many) ? many : null;

    /// <summary>The seed that a variable says, else the usual one; the output says how it is had again.</summary>
    public static int Seed(string variable, int usual, ITestOutputHelper output)
    {
        var seed = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : usual;
        output.WriteLine($"{variable}={seed} does this again.");
        return seed;
    }
}
