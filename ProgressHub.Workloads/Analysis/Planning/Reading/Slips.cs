using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>Reads misspelt words as what they were meant to be, where only one word of the table or the grammar is near; and says so.</summary>
internal sealed class Slips
{
    private readonly TableTerms _terms;
    private readonly HashSet<string> _table;
    private readonly List<string> _notes = [];

    private static readonly string[] Statistics = ["total", "count", "share"];
    private readonly HashSet<string> _asked;

    public Slips(TableTerms terms, IEnumerable<Word> asked) => (_terms, _table, _asked) = (terms, terms.Words.Concat(RowNouns.People.Concat(RowNouns.Alike.SelectMany(a => a)).Where(terms.IsRowNoun)).ToHashSet(StringComparer.Ordinal), asked.Select(w => w.Stem).ToHashSet(StringComparer.Ordinal));

    /// <summary>What was read as something else.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The word that was meant; the same where it is known, or none is near.</summary>
    public Word Read(Word word)
    {
        if (word.Kind != WordKind.Word || IsKnown(word))
            return word;
        // IPs: the stemmer leaves short words alone.
        if (word.Stem is [_, _, 's'] && _table.Contains(word.Stem[..2]))
            return word with { Stem = word.Stem[..2] };
        // "Totl", "coun": of a short word only a letter can be missing, and only of what is computed.
        if (word is { Stem.Length: 4, Raw: [>= 'a' and <= 'z', ..] } && Statistics.Where(s => s[0] == word.Stem[0] && s.Length == 5 && Spelling.Distance(word.Stem, s, 1) == 1).ToList() is [var figure])
        {
            _notes.Add($"'{word.Raw}' was read as '{figure}'.");
            return word with { Raw = figure, Stem = figure };
        }

        var most = Spelling.Slips(word.Stem);
        var near = most == 0 ? [] : _table.Concat(Lexicon.Words).Where(w => w.Length > 3 && w[0] == word.Stem[0] && MayBeMeant(word.Stem, w))
            .Select(w => (Word: w, Distance: Spelling.Distance(word.Stem, w, most))).Where(w => w.Distance <= most)
            .GroupBy(w => w.Distance).MinBy(g => g.Key)?.Select(w => w.Word).Distinct().ToList() ?? [];
        if (near.Count == 0 && _terms.NameBeginning(word.Stem) is { } name)
        {
            _notes.Add($"'{word.Raw}' was read as '{name}'.");
            return word with { Raw = name, Stem = name };
        }

        // "Winner" is no slip for the Winter Cup, unless the cup is there too.
        if (near is not [var only] || (_terms.ValueCompanions(only) is { Count: > 0 } others && !others.Overlaps(_asked)))
            return word;
        _notes.Add($"'{word.Raw}' was read as '{only}'.");
        return word with { Raw = only, Stem = only };
    }

    // What is read as a word without meaning is lost. Letters in another order may be; "market" is no slip for "marked".
    private bool MayBeMeant(string written, string word) =>
        _table.Contains(word) || Lexicon.Of(word) is not (Lex.Filler or Lex.Verb) || written.Order().SequenceEqual(word.Order());

    private bool IsKnown(Word word) => _table.Contains(word.Stem) || Lexicon.IsWord(word.Stem) || Synonyms.Of(word.Stem).Count > 0 || _terms.IsRowNoun(word.Stem)
        || Adjectives.Plain(word.Stem) is not null || Adjectives.Superlative(word.Stem) is not null || Adjectives.Comparative(word.Stem) is not null
        || _terms.RelatedColumns(word.Stem) is not null || _terms.PartValues(word.Stem).Count > 0
        || NumberWords.Count(word) is not null || NumberWords.Ordinal(word) is not null || PeriodReader.IsName(word);
}
