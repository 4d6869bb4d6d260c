using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>Puts the words of a question into the order and form that the grammar reads: a question word at the end to the front, un-words into not.</summary>
internal static class Phrasing
{
    /// <summary>The words as the grammar reads them.</summary>
    /// <param name="terms">What the table calls things.</param>
    /// <param name="words">The words of the question.</param>
    public static IReadOnlyList<Word> Read(TableTerms terms, IEnumerable<Word> words) => Asked(Ordered(Elliptic(terms, Numbered(terms, Idioms.Read(terms, Vacuous(terms, Whichever(terms, Edges(TimeTo(terms, Away(terms, Measured(But(Neither([.. Rewording.Read(terms, words).Select(w => Frozen(terms, Whole(terms, w))).SelectMany(w => Opposite(terms, w))])))))))))))));

    // What people write short, where it is no word of the table.
    private static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["ppl"] = "people", ["r"] = "are", ["u"] = "you", ["ur"] = "your", ["pls"] = "please", ["plz"] = "please", ["thx"] = "thanks", ["nr"] = "number", ["abt"] = "about", ["amt"] = "amount", ["approx"] = "approximately", ["teh"] = "the", ["hte"] = "the", ["wich"] = "which", ["whcih"] = "which", ["hw"] = "how", ["amny"] = "many", ["mnay"] = "many", ["yr"] = "year", ["yrs"] = "years", ["wk"] = "week", ["mth"] = "month", ["mths"] = "months", ["tot"] = "total", ["cnt"] = "count", ["num"] = "number", ["w"] = "with", ["bw"] = "between", ["ave"] = "average", ["cust"] = "customer", ["custs"] = "customers", ["dept"] = "department", ["depts"] = "departments", ["emps"] = "employees", ["temps"] = "temperatures", ["mgr"] = "manager",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Lengths of time that are said in halves and quarters.
    private static readonly (string[] Said, string Meant)[] Lengths =
    [
        (["half", "an", "hour"], "30 minutes"), (["an", "hour", "and", "a", "half"], "90 minutes"), (["a", "quarter", "of", "an", "hour"], "15 minutes"), (["three", "quarter", "of", "an", "hour"], "45 minutes"),
        (["half", "a", "year"], "6 months"), (["a", "fortnight"], "14 days"), (["half", "a", "minute"], "30 seconds"), (["half", "a", "second"], "0.5 seconds"), (["a", "minute", "and", "a", "half"], "90 seconds"), (["half", "a", "day"], "12 hours"),
    ];

    // "Time to resolve", of resolution_hours, is the resolution time.
    private static List<Word> TimeTo(TableTerms terms, List<Word> words)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (words[i].Stem == "time" && words[i + 1].Stem == "to" && words[i + 2].Kind == WordKind.Word && terms.QuantityColumns([words[i + 2].Stem, "time"]) is not null)
                (words[i], words[i + 1], words[i + 2]) = (words[i + 2], words[i], words[i + 1] with { Raw = "the", Stem = "the" });
        }

        return words;
    }

    // "Away from home" is away.
    private static List<Word> Away(TableTerms terms, List<Word> words)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (terms.Words.Contains("away") && (words[i].Stem == "away" && words[i + 1].Stem == "from" && words[i + 2].Stem == "home" || words[i].Stem == "on" && words[i + 1].Stem == "the" && words[i + 2].Stem == "road"))
            {
                words.RemoveRange(i, 3);
                words.Insert(i, new Word(WordKind.Word, "away", "away"));
            }
        }

        return words;
    }

    private static List<Word> Measured(List<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var (said, meant) in Lengths)
            {
                if (!words.Skip(i).Take(said.Length).Select(w => w.Stem).SequenceEqual(said))
                    continue;
                words.RemoveRange(i, said.Length);
                words.InsertRange(i, QuestionWords.Words(meant));
            }
        }

        return words;
    }

    // Water freezes at 0 °C.
    private static Word Frozen(TableTerms terms, Word word) => word is { Kind: WordKind.Word, Stem: "freezing" or "zero" } && word.Stem == "freezing" && terms.Table.Columns.Any(c => c.Parts().Any(p => p is "temp" or "temperature")) && !terms.Table.Columns.Any(c => c.UnitWord() == "f")
        ? new Word(WordKind.Number, "0", "0") { Number = 0 } : word;

    private static Word Whole(TableTerms terms, Word word) => word.Kind == WordKind.Word && Short.TryGetValue(word.Stem, out var whole) && !terms.Words.Contains(word.Stem) && terms.ExactValues([word]).Count == 0
        ? word with { Raw = whole, Stem = Stemmer.Stem(whole) } : word;

    // "Everyone but the incumbents", "any region but North": except these.
    private static List<Word> But(List<Word> words) => [.. words.Select((w, i) => w.Stem == "but" && i > 0 && i + 1 < words.Count && words[i + 1].Stem != "not"
        && (IsWhole(words[i - 1]) || (i > 1 && IsWhole(words[i - 2]))) ? w with { Raw = "except", Stem = "except" } : w)];

    private static bool IsWhole(Word word) => word.Stem is "any" or "every" or "all" or "each" or "everyone" or "everybody" or "everything" or "anyone" or "anybody" or "anything";

    // "Over the year", where the table has no other.
    private static List<Word> Vacuous(TableTerms terms, List<Word> words)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            var year = words[i + 2].Stem is "whole" or "entire" or "full" ? i + 3 : i + 2;
            // "The last 12 months of the data".
            if (i > 0 && words[i - 1].Stem is "day" or "week" or "month" or "quarter" or "year" && words[i].Stem is "of" or "in" && words[i + 1].Stem is "the" or "this" && words[i + 2].Stem is "data" or "dataset" or "table" or "file")
                words.RemoveRange(i, 3);
            else if (words[i].Stem is "over" or "during" or "throughout" or "in" && words[i + 1].Stem == "the" && year < words.Count && words[year].Stem == "year"
                && (year + 1 == words.Count || words[year + 1].Kind is WordKind.Stop or WordKind.Comma) && IsOfOneYear(terms.Table))
                words.RemoveRange(i, year + 1 - i);
        }

        return words;
    }

    // "On any one day", "at any station": which one does not matter.
    private static List<Word> Whichever(TableTerms terms, List<Word> words)
    {
        if (words.Exists(w => w.Stem is "not" or "never" or "no" or "without" or "nor"))
            return words;
        for (var i = 0; i + 2 < words.Count; i++)
        {
            var noun = words[i + 2].Stem is "one" or "single" or "given" ? i + 3 : i + 2;
            if (words[i].Stem is "on" or "at" or "in" && words[i + 1].Stem == "any" && noun < words.Count && (words[noun].Stem == "day" || terms.ExactColumns([words[noun]]) is not null || terms.IsRowNoun(words[noun].Stem)) && (noun + 1 == words.Count || words[noun + 1].Kind is WordKind.Stop or WordKind.Comma || words[noun + 1].Stem is "on" or "at" or "in"))
                words.RemoveRange(i--, noun + 1 - (i + 1));
        }

        return words;
    }

    private static bool IsOfOneYear(TableProfile table) => table.Columns.Where(c => c.IsTime).ToList() is [{ Min: { Length: >= 4 } min, Max: { Length: >= 4 } max }] && min[..4] == max[..4];

    // "Since the start of 2024" is since 2024.
    private static List<Word> Edges(List<Word> words)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            var edge = words[i + 1].Stem == "the" ? i + 2 : i + 1;
            if (words[i].Stem is "since" or "before" or "from" && edge + 2 < words.Count && words[edge].Stem is "start" or "beginning" && words[edge + 1].Stem == "of" && (words[edge + 2].Year is not null || PeriodReader.IsName(words[edge + 2])))
                words.RemoveRange(i + 1, edge + 1 - i);
        }

        return words;
    }

    // "Neither art nor history": neither art or history.
    private static List<Word> Neither(List<Word> words)
    {
        var neither = words.FindIndex(w => w.Stem == "neither");
        return neither < 0 ? words : [.. words.Select((w, i) => i > neither && w.Stem == "nor" ? w with { Raw = "or", Stem = "or" } : w)];
    }

    // "Paypal gifts, how many", "kingfisher last seen when": what is asked stands at the end.
    private static List<Word> Asked(List<Word> words)
    {
        var end = End(words);
        // "Highest attendance: which match?"
        if (end >= 4 && words[end - 3].Kind == WordKind.Comma && words[end - 2].Stem is "which" or "what" && Lexicon.Of(words[0].Stem) is Lex.Most or Lex.Least)
            return [words[end - 2], words[end - 1], .. QuestionWords.Words("had the"), .. words.Take(end - 3), .. words.Skip(end)];
        int length = end >= 2 && words[end - 2].Stem == "how" && words[end - 1].Stem == "many" ? 2 : end >= 1 && words[end - 1].Stem == "when" ? 1 : 0;
        if (length == 0 || end == length || words.Take(end - length).Any(w => w.Stem is "how" or "what" or "which" or "who" or "when" or "where"))
            return words;
        var rest = words.Take(end - length).ToList();
        if (rest[^1].Kind == WordKind.Comma)
            rest.RemoveAt(rest.Count - 1);
        return [.. words.Skip(end - length).Take(length), .. length == 1 ? QuestionWords.Words("was") : [], .. rest, .. words.Skip(end)];
    }

    // "Max and min temperature", "list or sale price": both are of what follows the second.
    private static List<Word> Elliptic(TableTerms terms, List<Word> words)
    {
        for (var i = 0; i + 3 < words.Count; i++)
        {
            if (words[i + 1].Stem is not ("and" or "or" or "minus" or "to") || words[i].Kind != WordKind.Word || words[i + 2].Kind != WordKind.Word || words[i + 3].Kind != WordKind.Word || terms.ExactColumns([words[i]]) is not null || terms.ExactValues([words[i]]).Count > 0)
                continue;
            var tail = new[] { words[i + 3].Stem }.Concat(Synonyms.Of(words[i + 3].Stem)).FirstOrDefault(t => terms.PartColumns([words[i].Stem, t]) is { Columns.Count: 1 } && terms.PartColumns([words[i + 2].Stem, t]) is { Columns.Count: 1 });
            if (tail is null)
                continue;
            words[i + 3] = words[i + 3] with { Raw = tail, Stem = tail };
            words.Insert(i + 1, new Word(WordKind.Word, tail, tail));
        }

        return words;
    }

    // "The receipt numbers", of a column called receipt no.
    private static List<Word> Numbered(TableTerms terms, List<Word> words)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i].Stem == "number" && words[i - 1].Kind == WordKind.Word && terms.Table.Columns.Select(c => c.Parts()).FirstOrDefault(p => p is [var of, "no" or "nr" or "id" or "code"] && of == words[i - 1].Stem) is [_, var tail])
                words[i] = new Word(WordKind.Word, tail, tail);
        }

        return words;
    }

    // "By region, highest first": an order of the answer, and none of it is left out. "Cheapest first" says of what, too.
    private static List<Word> Ordered(List<Word> words)
    {
        var end = End(words);
        if (end < 3 || words[end - 1].Stem != "first" || words[end - 3].Kind != WordKind.Comma)
            return words;
        var way = words[end - 2].Stem;
        var isMore = Lexicon.Of(way) switch
        {
            Lex.Most => true,
            Lex.Least => false,
            _ => Adjectives.Superlative(way) is { } adjective && adjective.Concepts.Contains("time") ? adjective.IsMore : (bool?)null,
        };
        return isMore is not { } descending ? words : [.. words.Take(end - 2), .. QuestionWords.Words(descending ? "in descending order" : "in ascending order"), .. words.Skip(end)];
    }

    private static readonly string[] Opposites = ["un", "non", "in", "dis"];

    // "Unprotected trees", "inactive users", where a column says whether they are; "unsold cars", where one says when they were sold, and not of all.
    private static IEnumerable<Word> Opposite(TableTerms terms, Word word)
    {
        if (word.Kind != WordKind.Word || Lexicon.IsWord(word.Stem) || terms.Words.Contains(word.Stem) || terms.ExactValues([word]).Count > 0)
            return [word];
        foreach (var prefix in Opposites)
        {
            if (!word.Stem.StartsWith(prefix, StringComparison.Ordinal) || word.Raw.Length < prefix.Length + 4)
                continue;
            var bare = word with { Raw = word.Raw[prefix.Length..], Stem = Stemmer.Stem(word.Raw[prefix.Length..]) };
            if (terms.ExactColumns([bare]) is { Columns: [{ Type: ColumnType.Boolean }] } || terms.FlagOf(bare.Stem) is not null || (prefix == "un" && terms.EventOf(bare) is not null))
                return [new Word(WordKind.Word, "not", "not"), bare];
        }

        return [word];
    }

    private static int End(List<Word> words)
    {
        var end = words.Count;
        while (end > 0 && words[end - 1].Kind == WordKind.Stop)
            end--;
        return end;
    }
}
