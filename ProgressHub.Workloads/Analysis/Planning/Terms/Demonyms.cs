using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>What the people of a country are called, and what comes from it: Italians and Italian are of Italy.</summary>
internal static class Demonyms
{
    // Where the name of the country is more than the word without its ending. "Indian" is of India, and needs no entry.
    private static readonly FrozenDictionary<string, string[]> Irregular = new Dictionary<string, string[]>
    {
        ["american"] = ["usa", "us", "united states", "united states of america", "america"], ["british"] = ["uk", "united kingdom", "great britain", "britain"], ["briton"] = ["uk", "united kingdom", "great britain", "britain"],
        ["english"] = ["england"], ["scottish"] = ["scotland"], ["welsh"] = ["wales"], ["irish"] = ["ireland"], ["french"] = ["france"], ["german"] = ["germany", "deutschland"],
        ["spanish"] = ["spain"], ["spaniard"] = ["spain"], ["dutch"] = ["netherlands", "the netherlands", "holland"], ["swiss"] = ["switzerland"], ["danish"] = ["denmark"], ["dane"] = ["denmark"],
        ["swedish"] = ["sweden"], ["swede"] = ["sweden"], ["finnish"] = ["finland"], ["finn"] = ["finland"], ["polish"] = ["poland"], ["pole"] = ["poland"], ["turkish"] = ["turkey", "türkiye"], ["turk"] = ["turkey", "türkiye"],
        ["greek"] = ["greece"], ["belgian"] = ["belgium"], ["norwegian"] = ["norway"], ["portuguese"] = ["portugal"], ["czech"] = ["czechia", "czech republic"], ["ukrainian"] = ["ukraine"], ["hungarian"] = ["hungary"],
        ["italian"] = ["italy", "italia"], ["canadian"] = ["canada"], ["brazilian"] = ["brazil"], ["argentinian"] = ["argentina"], ["argentine"] = ["argentina"], ["peruvian"] = ["peru"], ["egyptian"] = ["egypt"],
        ["chinese"] = ["china"], ["thai"] = ["thailand"], ["filipino"] = ["philippines"], ["icelandic"] = ["iceland"], ["new zealander"] = ["new zealand"], ["emirati"] = ["uae", "united arab emirates"], ["slovak"] = ["slovakia"], ["croat"] = ["croatia"], ["serb"] = ["serbia"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Endings = ["ian", "ean", "ese", "an", "n", "i"];

    /// <summary>The countries, in small letters, that a word in the singular may be of; some of them are no countries.</summary>
    public static IEnumerable<string> CountriesOf(string stem) => Irregular.TryGetValue(stem, out var known) ? known
        : Endings.Where(e => stem.Length > e.Length + 2 && stem.EndsWith(e, StringComparison.Ordinal)).Select(e => stem[..^e.Length]).SelectMany(s => new[] { s, $"{s}a", $"{s}ia", $"{s}y", $"{s}e" });
}
