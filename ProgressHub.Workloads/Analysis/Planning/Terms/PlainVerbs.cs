using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>
/// Verbs that tell none of a table's rows from another: what is done or happens in every one of them, or what joins a noun to its
/// number. A change of state, such as cancelled or promoted, is none of them: it would leave rows out.
/// </summary>
internal static class PlainVerbs
{
    private const string Regular =
        "release publish issue air launch premiere produce record film create generate construct start begin occur happen host stage conduct perform organize organise play race compete register report enter post upload gather collect sample observe measure view access hit load download request serve place order purchase trade earn cost charge bill invoice raise contribute score achieve reach attain clock set finish end result arrive land travel walk cover cross carry transport haul move lift weigh locate situate base belong work last wait use consume burn stock store yield manufacture operate supply provide offer price list rate rank grade mark name label exceed visit handle type attract amount total come show display plant harvest catch fish sail row cycle swim treat employ";

    private const string Irregular =
        "made make makes making sent send sends sending sold sell sells selling spent spend spends spending paid pay pays paying got get gets getting gave give gives given giving took take takes taken taking ran run runs running came come comes coming wrote written held hold holds holding kept keep keeps caught built build builds drove drive drives driven driving flew fly flies flown flying rode ride rides ridden riding swam swum ate eat eaten drew draw drawn brought bring brings bought buy buys buying went go goes going saw seen see had began begun broke break breaks broken set sat stood stand stands lay lie lies did done ended finished put cost costs hit hits drank drunk wore worn read shot sung sang grew grow grown began lasted seated lived live lives stay stayed stays sits";

    private static readonly FrozenSet<string> Forms = Regular.Split(' ').SelectMany(Inflected).Concat(Irregular.Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Participles = Regular.Split(' ').Select(v => Past(v)).Concat("made sent sold spent paid given taken run written held kept caught built driven flown ridden eaten drawn brought bought seen broken done read".Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word is a form of such a verb.</summary>
    public static bool Has(string word) => Forms.Contains(word);

    /// <summary>Whether a word is the participle of such a verb: requested, sold.</summary>
    public static bool IsParticiple(string word) => Participles.Contains(word);

    /// <summary>Whether a word says of a row no more than that it is there: requests made.</summary>
    public static bool IsVacuous(string word) => Vacuous.Contains(word);

    private static readonly FrozenSet<string> Vacuous = "made recorded logged placed sent served taken run played held given written flown driven registered listed observed collected".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<string> Inflected(string verb) => [verb, $"{verb}s", verb[^1] is 's' or 'h' or 'x' ? $"{verb}es" : verb, Past(verb), verb.EndsWith('e') ? $"{verb[..^1]}ing" : $"{verb}ing"];

    private static string Past(string verb) => verb switch
    {
        "fish" => "fished",
        _ when verb.EndsWith('e') => $"{verb}d",
        _ when verb.EndsWith('y') && verb[^2] is not ('a' or 'e' or 'o') => $"{verb[..^1]}ied",
        _ => $"{verb}ed",
    };
}
