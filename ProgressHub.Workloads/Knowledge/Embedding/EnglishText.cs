using System.Text;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// What of a text a model that knows English alone can be given: all of an English text, the English half of one in two
/// scripts, nothing of one in another language. Languages are told by their commonest words.
/// </summary>
internal static class EnglishText
{
    // A name or two in a Chinese sentence is not English.
    private const int FewestWordsBesideAnotherScript = 4;

    // One letter in twenty with an accent is no English; a café and a naïve question are.
    private const double MostAccented = 0.05;

    private static readonly HashSet<string> English = Words(
        "the of and to in is you that it he was for on are as with his they at be this have from or had by but what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look two more write go see no way could my than been who its now find long down did get come made may i not me should where why does");

    private static readonly HashSet<string> Others = Words(
        "der die das und ist nicht ein eine einen einem einer zu mit auf für von dem den des im wie ich sie wir ihr auch als nach bei aus wird werden sind kann wenn oder aber noch nur über unter vor zum zur wo warum wer darf muss haben " +
        "le la les un une des du et est pas que qui dans pour par sur avec au aux ce cette ces il elle nous vous ils elles son ses leur mais ou où plus sont être avoir fait comme quand comment pourquoi je mon mes votre notre très " +
        "el los las una del y es en por para con como su sus más pero si sobre este esta entre cuando hasta hay donde qué cómo cuánto quién puede ser tiene muy también yo mi " +
        "il lo gli uno di che non è sono per con della dei delle nel nella alla al ma anche questo questa come quando dove perché chi può deve ho hanno " +
        "o os as um uma do da dos das em no na nos nas ao não com mais foi pelo pela seu sua quando onde como quem pode " +
        "het een van op te dat niet zijn voor aan er maar om hij bij ook tot uit kan naar wat hoe waar waarom wie mag moet ik mijn wordt worden deze " +
        "och att det som på är av för med till den har inte om ett var jag när hur varför kan ska eller jeg ikke hvor når hvordan og på af til " +
        "nie się na jest do że jak ale czy przez od po za gdzie kiedy dlaczego ja ve bir bu için ile da de ne nasıl nerede değil jsem jak kde není az egy hogy nem és van");

    /// <summary>The English of a text, in lower case; null where there is none worth comparing.</summary>
    public static string? Of(string text)
    {
        text = CjkText.Fold(text);
        var (latin, accented, other) = Letters(text);
        if (latin == 0 || accented > MostAccented * latin)
            return null;
        var kept = other == 0 ? text : WithoutOtherScripts(text);
        var (words, english, others) = Count(kept);
        return !Readable.Is(kept) || others > english || (other > 0 && words < FewestWordsBesideAnotherScript) ? null : kept;
    }

    private static (int Latin, int Accented, int Other) Letters(string text)
    {
        int latin = 0, accented = 0, other = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
                continue;
            if (!IsLatin(rune))
                other++;
            else if (++latin > 0 && !rune.IsAscii)
                accented++;
        }

        return (latin, accented, other);
    }

    private static bool IsLatin(Rune rune) => rune.Value is < 0x0250 or (>= 0x1E00 and < 0x1F00);

    private static string WithoutOtherScripts(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!CjkText.IsCjk(rune) && (!Rune.IsLetter(rune) || IsLatin(rune)))
                kept.Append(rune.ToString());
            else if (kept.Length > 0 && kept[^1] != ' ')
                kept.Append(' ');
        }

        return kept.ToString();
    }

    private static (int Words, int English, int Others) Count(string text)
    {
        int words = 0, english = 0, others = 0;
        var lookEnglish = English.GetAlternateLookup<ReadOnlySpan<char>>();
        var lookOthers = Others.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            while (i < text.Length && char.IsLetter(text[i]))
                i++;
            if (i > from)
            {
                var word = text.AsSpan(from, i - from);
                words++;
                english += lookEnglish.Contains(word) ? 1 : 0;
                others += lookOthers.Contains(word) ? 1 : 0;
            }

            i++;
        }

        return (words, english, others);
    }

    private static HashSet<string> Words(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);
}
