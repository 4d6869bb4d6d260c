using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>Words of a question that mean a column.</summary>
/// <param name="Term">The words, as stems.</param>
/// <param name="Start">The first of them.</param>
/// <param name="Length">How many.</param>
/// <param name="Columns">The columns they can mean.</param>
internal sealed record Mention(string Term, int Start, int Length, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>The column, where only one can be meant.</summary>
    public TableColumn? Only => Columns.Count == 1 ? Columns[0] : null;

    /// <summary>The position after the last word.</summary>
    public int End => Start + Length;
}

/// <summary>Words of a question that are a value of a text column.</summary>
/// <param name="Value">The value, as the table has it.</param>
/// <param name="Start">The first of the words.</param>
/// <param name="Length">How many.</param>
/// <param name="Columns">The columns that have it.</param>
internal sealed record ValueMention(string Value, int Start, int Length, IReadOnlyList<TableColumn> Columns);

/// <summary>Finds what a question says of a table's columns and values.</summary>
internal static class Mentions
{
    private const int LongestPhrase = 5;

    /// <summary>
    /// The columns: whole names first, then parts of names and words that mean the same. Case, plural and signs do not
    /// count.
    /// </summary>
    public static IReadOnlyList<Mention> Columns(IReadOnlyList<Word> words, TableProfile table, IReadOnlySet<int> taken)
    {
        var named = table.Columns.Select(c => (Column: c, Name: string.Concat(Words.OfName(c.Name)), Parts: Words.OfName(c.Name))).ToList();
        List<Mention> found = [];
        for (var i = 0; i < words.Count; i++)
        {
            for (var length = Math.Min(LongestPhrase, words.Count - i); length > 0; length--)
            {
                if (Enumerable.Range(i, length).Any(taken.Contains))
                    continue;
                var phrase = Phrase(words, i, length);
                var exact = named.Where(n => n.Name.Length > 0 && n.Name == phrase).Select(n => n.Column).ToList();
                if (exact.Count == 0)
                    continue;
                found.Add(new Mention(Term(words, i, length), i, length, exact));
                i += length - 1;
                break;
            }
        }

        var exactly = found.SelectMany(m => m.Columns).ToHashSet();
        for (var i = 0; i < words.Count; i++)
        {
            var stem = words[i].Stem;
            if (taken.Contains(i) || found.Exists(m => i >= m.Start && i < m.End) || words[i].Kind is not WordKind.Word || Vocabulary.Small.Contains(stem))
                continue;
            var parts = named.Where(n => n.Parts.Contains(stem)).Select(n => n.Column).ToList();
            if (parts.Count == 0)
                parts = [.. named.Where(n => Vocabulary.LikeWord(stem).Any(like => n.Parts.Contains(like))).Select(n => n.Column)];
            // "The close price": what is named already is not unclear.
            if (parts.Count > 0 && !parts.Exists(exactly.Contains))
                found.Add(new Mention(stem, i, 1, parts));
        }

        return [.. found.OrderBy(m => m.Start)];
    }

    /// <summary>The values.</summary>
    public static IReadOnlyList<ValueMention> Values(IReadOnlyList<Word> words, TableProfile table)
    {
        var values = table.Columns.SelectMany(c => c.Values.Select(v => (Column: c, Value: v, Key: Key(v))))
            .Where(v => v.Key.Length > 0).ToLookup(v => v.Key, StringComparer.Ordinal);
        List<ValueMention> found = [];
        for (var i = 0; i < words.Count; i++)
        {
            for (var length = Math.Min(LongestPhrase, words.Count - i); length > 0; length--)
            {
                if (length == 1 && words[i].Kind == WordKind.Word && (words[i].Raw.Length < 2 || Vocabulary.Small.Contains(words[i].Stem)))
                    continue;
                var hits = values[string.Join(' ', words.Skip(i).Take(length).Select(w => Key(w.Raw)))].ToList();
                if (hits.Count == 0)
                    continue;
                found.Add(new ValueMention(hits[0].Value, i, length, [.. hits.Select(h => h.Column).Distinct()]));
                i += length - 1;
                break;
            }
        }

        return found;
    }

    private static string Key(string text) => string.Join(' ', text.ToLowerInvariant().Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static string Phrase(IReadOnlyList<Word> words, int start, int length) => string.Concat(
        words.Skip(start).Take(length).SelectMany(w => w.Kind is WordKind.Word or WordKind.Quoted ? Words.OfName(w.Raw) : [w.Stem]));

    private static string Term(IReadOnlyList<Word> words, int start, int length) => string.Join(' ', words.Skip(start).Take(length).Select(w => w.Stem));
}
