using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>
/// Nouns for what tables have a row of each, whatever their file is called. One that is of some rows only, such as refunds or
/// deaths, is none of them, and no kind of people.
/// </summary>
internal static class RecordNouns
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        ("request hit visit view pageview call event message session transaction purchase order sale deal trip ride journey booking reservation appointment consultation case incident report inspection sample " +
         "game match fixture title film movie listing product article sku delivery shipment parcel package check test response answer submission post article episode show performance transfer " +
         "shift lesson run race lap flight crossing stay rental loan donation payment receipt ticket bill invoice order meal dish recipe observation reading measurement count log line").Split(' '));

    /// <summary>Whether a stem is such a noun.</summary>
    public static bool Has(string stem) => Words.Contains(stem);
}
