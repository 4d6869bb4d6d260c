using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>What helps to tell what a row of a table is called.</summary>
internal static class RowNouns
{
    /// <summary>Words for people that records are kept of.</summary>
    public static readonly FrozenSet<string> People = Set(
        "employee staff worker person student pupil patient member customer respondent participant player user athlete passenger policyholder resident tenant subscriber voter candidate applicant teacher people staffer colleague donor sponsor rider runner finisher competitor entrant swimmer cyclist");

    /// <summary>What somebody is called by what is done in each row of a race or a list of people.</summary>
    public static readonly FrozenSet<string> Agents = Set("finisher competitor entrant athlete starter racer");

    /// <summary>Columns that tell of a person.</summary>
    public static readonly FrozenSet<string> Personal = Set("age gender sex salary birth birthday hire hired wage");

    /// <summary>What a person has, so that the part of a column's name before it says whose it is: patient_age.</summary>
    public static readonly FrozenSet<string> Attributes = Set("age gender sex salary birth birthday birthdate dob weight height income name wage city country email phone");

    /// <summary>Words for the same sort of record: a match is a game.</summary>
    public static readonly FrozenSet<string>[] Alike =
    [
        Set("match game fixture"), Set("order purchase bestellung commande pedido ordine"), Set("sale vente verkauf venta vendita"), Set("loan borrowing checkout book"), Set("visit appointment consultation"), Set("listing property home offer apartment appartment flat house accommodation dwelling"), Set("breakdown failure outage stoppage"),
        Set("delivery parcel shipment package consignment load transport haul"), Set("transaction payment booking"), Set("ticket issue request"), Set("trip ride journey"), Set("booking reservation"), Set("plant station"), Set("admission hospitalization"), Set("application applicant candidate"), Set("claim claimant"), Set("surgery operation op"), Set("pupil student kid child schoolchild learner"), Set("concert gig show performance"), Set("ad listing"), Set("sale receipt transaction"), Set("donation gift contribution"), Set("movie film picture flick"), Set("product sku article"), Set("book title volume"), Set("test sample"), Set("inspection check audit"), Set("accident crash collision"), Set("crime offence offense"), Set("song track"), Set("request hit"),
    ];

    // What is won.
    private const string Prizes = "medal award prize trophy";

    /// <summary>What is won: one of a kind each time, so that a column of them tells gold from silver, and a row is one.</summary>
    public static readonly FrozenSet<string> Won = Set(Prizes);

    /// <summary>What is done in each record of a kind, whatever its root: a loan is lent, and borrowed.</summary>
    public static readonly FrozenSet<string>[] Verbs =
    [
        Set("loan lend lent lending borrow borrowed borrowing loaned"), Set("visit visited came attended seen"), Set("sale sell sold selling"), Set("order ordered ordering bought"), Set("purchase bought buy purchased"), Set("trip ride ridden rode travelled traveled"),
        Set("result entry registered entered ran competed"), Set("rental rent rented hire hired"), Set("call called phoned rang"), Set("delivery delivered"), Set("flight flew flown"), Set("donation donated gave given"), Set("invoice invoiced billed"), Set("surgery operated"), Set("exam sat taken"), Set("claim claimed filed"), Set($"{Prizes} win won winning winner medallist medalist"), Set("bug ticket issue defect request filed reported logged submitted raised"),
    ];

    /// <summary>Participles that do not end in -ed.</summary>
    public static readonly FrozenSet<string> Irregular = Set("left sent paid sold done begun built gone met taken given bought lent seen");

    /// <summary>What a column of genders is called.</summary>
    public static readonly FrozenSet<string> Genders = Set("gender sex geschlecht sexe genre sexo 性别 性別");

    /// <summary>Parts of a file's name that say nothing of its rows.</summary>
    public static readonly FrozenSet<string> NoNoun = Set("data table export file csv list report sheet in out input copy final new the sample test all web company");

    /// <summary>Ends of names that say only how something is named.</summary>
    public static readonly FrozenSet<string> Tails = Set("name id code no number nr key date time day month year at on in by from type");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
