using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>
/// Says in the table's own way what a question says in another: periods that are in a column's name, what is said again in other
/// words, currency signs before a number, whole words for what a column's name has short.
/// </summary>
internal static class Rewording
{
    // What names of columns have short: Ref High.
    private static readonly FrozenDictionary<string, string> Shortened = new Dictionary<string, string>
    {
        ["reference"] = "ref", ["distance"] = "dist", ["population"] = "pop", ["position"] = "pos", ["manufacturer"] = "mfr", ["account"] = "acct", ["balance"] = "bal", ["subject"] = "subj", ["attendance"] = "att", ["volume"] = "vol",
        ["frequency"] = "freq", ["response"] = "resp", ["performance"] = "perf", ["experience"] = "exp", ["education"] = "edu", ["organization"] = "org", ["organisation"] = "org", ["description"] = "desc",
        ["original"] = "orig", ["employee"] = "emp", ["estimated"] = "est", ["professional"] = "prof", ["registration"] = "reg", ["transaction"] = "txn", ["shipment"] = "shpmt",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words, reworded.</summary>
    /// <param name="terms">What the table calls things.</param>
    /// <param name="words">The words of the question.</param>
    public static IReadOnlyList<Word> Read(TableTerms terms, IEnumerable<Word> words) =>
        [.. Priced(Correlated(Restated(Spanned(terms, words)))).Select(w => Brief(terms, w))];

    private static Word Brief(TableTerms terms, Word word) => word.Kind == WordKind.Word && !Lexicon.IsWord(word.Stem) && Shortened.TryGetValue(word.Stem, out var part) && !terms.Words.Contains(word.Stem) && terms.Table.Columns.Any(c => c.Parts().Contains(part))
        ? word with { Stem = part } : word;

    // "Visits of members in the last 30 days", of a column called visits last 30 days.
    private static List<Word> Spanned(TableTerms terms, IEnumerable<Word> words)
    {
        List<Word> read = [.. words];
        foreach (var parts in terms.Table.Columns.Select(c => c.Parts()))
        {
            // A name such as # has no words at all.
            var split = parts.Index().FirstOrDefault(p => p.Index > 0 && p.Item is "last" or "past" or "previous" or "this" or "next").Index;
            if (split == 0)
                continue;
            var (name, span) = (Find(read, [.. parts.Take(split)]), Find(read, [.. parts.Skip(split)]));
            if (name < 0 || span <= name + split)
                continue;
            var (length, start) = (parts.Count - split, span);
            while (start > name + split && read[start - 1].Stem is "in" or "the" or "over" or "during" or "within" or "for")
                start--;
            var said = read.GetRange(span, length);
            read.RemoveRange(start, span + length - start);
            read.InsertRange(name + split, said);
        }

        return read;
    }

    private static int Find(List<Word> words, List<string> stems) => Enumerable.Range(0, Math.Max(0, words.Count - stems.Count + 1)).FirstOrDefault(i => stems.Index().All(s => words[i + s.Index].Stem == s.Item), -1);

    // "Which club is the quietest? I mean fewest visits": as if it stood in brackets.
    private static List<Word> Restated(IEnumerable<Word> words)
    {
        List<Word> read = [.. words];
        var at = read.Index().FirstOrDefault(w => w.Index > 1 && (Is(w.Item, "meaning") || (Is(w.Item, "mean") && read[w.Index - 1].Stem == "i"))).Index;
        if (at == 0 || at + 2 >= read.Count)
            return read;
        var from = Is(read[at], "meaning") ? at : at - 1;
        if (from < 2 || read[from - 1].Kind is not (WordKind.Stop or WordKind.Comma))
            return read;
        var end = read.FindLastIndex(w => w.Kind != WordKind.Stop) + 1;
        return [.. read.Take(from - 1), .. QuestionWords.Words("("), .. read.Take(end).Skip(at + 1), .. QuestionWords.Words(")"), .. read.Skip(end)];
    }

    private static bool Is(Word word, string raw) => word.Raw.Equals(raw, StringComparison.OrdinalIgnoreCase);

    // "The correlation of the number of passengers and the delay" is of passengers.
    private static List<Word> Correlated(IEnumerable<Word> words)
    {
        List<Word> read = [.. words];
        if (!read.Exists(w => Lexicon.Of(w.Stem) is Lex.Correlation or Lex.Related))
            return read;
        for (var i = 0; i + 2 < read.Count; i++)
        {
            if (read[i].Stem is "number" or "amount" or "count" && read[i + 1].Stem == "of")
                read.RemoveRange(i, 2);
        }

        return read;
    }

    // "Over £150" is over 150 £.
    private static List<Word> Priced(IEnumerable<Word> words)
    {
        List<Word> priced = [.. words];
        for (var i = 0; i + 1 < priced.Count; i++)
        {
            if (priced[i] is not { Raw: "$" or "€" or "£" or "¥" } sign || priced[i + 1].Number is null)
                continue;
            // "Over $25 million".
            var behind = i + 2 < priced.Count && priced[i + 2].Stem is "million" or "billion" or "thousand" or "k" or "m" or "bn" or "mn" ? i + 2 : i + 1;
            priced.Insert(behind + 1, sign);
            priced.RemoveAt(i);
            i = behind;
        }

        return priced;
    }
}
