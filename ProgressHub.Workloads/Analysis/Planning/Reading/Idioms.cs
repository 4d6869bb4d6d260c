using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>Turns of phrase that mean what other words say more plainly: they are read as those words, of the table's own columns.</summary>
internal static class Idioms
{
    /// <summary>The words with their idioms put plainly.</summary>
    public static List<Word> Read(TableTerms terms, List<Word> words) => Hits(terms, NotTo(terms, Dates(Inclusive(Across(terms, Each(terms, Beside(terms, Older(terms, Under(terms, Units(terms, Leftover(Graders(terms, words))))))))))));

    // "7th graders", of a column called Grade: rows whose grade is 7.
    private static List<Word> Graders(TableTerms terms, List<Word> words)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (NumberWords.Ordinal(words[i]) is not { } nth || words[i].Stem == "second" || words[i + 1].Kind != WordKind.Word || terms.ExactValues([words[i]]).Count > 0)
                continue;
            var noun = words[i + 1].Stem;
            var name = noun.EndsWith("er", StringComparison.Ordinal) ? noun[..^1] : noun;
            if (terms.ExactColumns([new Word(WordKind.Word, name, name)]) is not { Columns: [{ IsNumber: true, Distinct: < 20 } column] })
                continue;
            var isPeople = name != noun;
            Replace(words, i, 2, $"{(isPeople ? "rows where " : "")}{Called(column)} {(isPeople ? "is " : "")}{nth}");
        }

        return words;
    }

    // "Most left over".
    private static List<Word> Leftover(List<Word> words)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i].Stem == "left" && words[i + 1].Stem == "over")
                Replace(words, i, 2, "leftover");
        }

        return words;
    }

    // "Sold fewer than 60 units in total": the total quantity of each is below 60.
    private static List<Word> Units(TableTerms terms, List<Word> words)
    {
        if (terms.Table.Columns.Where(c => c.IsMeasure() && c.AddsUp() == true && c.BareParts() is ["qty"] or ["quantity"] or ["unit", "sold"] or ["quantity", "sold"] or ["piece"]).ToList() is not [var quantity])
            return words;
        for (var i = 0; i + 3 < words.Count; i++)
        {
            if (words[i].Stem is not ("sold" or "sell") || Bound(words, i + 1) is not var (number, sign) || number + 1 >= words.Count || words[number + 1].Stem is not ("unit" or "piece" or "copy" or "item"))
                continue;
            var end = number + 2;
            var isTotal = end + 1 < words.Count && words[end].Stem == "in" && words[end + 1].Stem == "total" || end < words.Count && words[end].Stem is "overall" or "altogether";
            if (isTotal)
                Replace(words, i, (words[end].Stem == "in" ? end + 2 : end + 1) - i, $"had a total {Called(quantity)} {sign} {words[number].Raw}");
        }

        return words;
    }

    // "Broke 3 hours", where one column says how long the whole took.
    private static List<Word> Under(TableTerms terms, List<Word> words)
    {
        if (terms.TimedColumns() is not [_])
            return words;
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (words[i].Stem is "broke" or "break" or "beat" or "broken" && NumberWords.Count(words[i + 1]) is not null && UnitWords.IsTime(words[i + 2].Stem))
                Replace(words, i, 1, "finished in under");
        }

        return words;
    }

    // "Between May 10 and May 12, 2025": both are of that year. Its ends belong to it anyway.
    private static List<Word> Dates(List<Word> words)
    {
        for (var i = 0; i + 5 < words.Count; i++)
        {
            if (words[i].Stem is not ("between" or "from") || !PeriodReader.IsName(words[i + 1]) || words[i + 2].Number is not (>= 1 and <= 31) || words[i + 3].Stem is not ("and" or "to" or "through" or "until"))
                continue;
            var day = PeriodReader.IsName(words[i + 4]) ? i + 5 : i + 4;
            var year = day + 1 < words.Count && words[day + 1].Kind == WordKind.Comma ? day + 2 : day + 1;
            if (year >= words.Count || words[day].Number is not (>= 1 and <= 31) || words[year].Year is null)
                continue;
            if (day == i + 4)
                words.Insert(day, words[i + 1]);
            words.InsertRange(i + 3, QuestionWords.Words($", {words[day == i + 4 ? year + 1 : year].Raw}"));
        }

        return words;
    }

    private static List<Word> Inclusive(List<Word> words)
    {
        if (!words.Exists(w => w.Stem is "between" or "from"))
            return words;
        var at = words.FindIndex(w => w.Stem is "inclusive" or "included" or "include" or "inclusively");
        if (at < 1)
            return words;
        var start = words[at].Stem.StartsWith("inclusive", StringComparison.Ordinal) ? at : words[at - 1].Stem is "day" or "end" or "date" or "month" or "year" or "value" && at > 1 && words[at - 2].Stem == "both" ? at - 2 : words[at - 1].Stem == "both" ? at - 1 : -1;
        if (start < 0)
            return words;
        if (start > 0 && words[start - 1].Kind == WordKind.Comma)
            start--;
        words.RemoveRange(start, at + 1 - start);
        return words;
    }

    // "Were not to /login": is not, of a value of one column that is no way's end. "On which date were the most bytes": on which day.
    private static List<Word> NotTo(TableTerms terms, List<Word> words)
    {
        for (var i = 0; i + 2 < words.Count; i++)
        {
            if (words[i].Stem == "not" && words[i + 1].Stem is "to" or "for" or "from" or "with" && terms.ExactValues([words[i + 2]]) is [_])
                words.RemoveAt(i + 1);
            else if (words[i].Stem == "on" && words[i + 1].Stem is "which" or "what" && words[i + 2].Stem == "date" && words.Exists(w => w.Stem is "most" or "least" or "fewest"))
                words[i + 2] = words[i + 2] with { Raw = "day", Stem = "day" };
        }

        return words;
    }

    // "The 5 most common paths, with hits": with the number of rows, which is shown anyway.
    private static List<Word> Hits(TableTerms terms, List<Word> words)
    {
        var end = words.Count;
        while (end > 0 && words[end - 1].Kind == WordKind.Stop)
            end--;
        var with = words.FindLastIndex(w => w.Stem is "with");
        if (with < 2 || end - with is < 2 or > 4 || !words.Take(with).Any(w => w.Stem is "most" or "top" or "least"))
            return words;
        var tail = words[(with + 1)..end].Where(w => w.Stem is not ("the" or "their" or "its")).ToList();
        var isCount = tail is [{ Stem: "count" or "frequency" }] || tail is [{ Stem: var noun, Raw: [.., 's'] }] && (RecordNouns.Has(noun) || terms.IsRowNoun(noun)) && terms.PartColumns([noun]) is null
            || tail is [{ Stem: var of }, { Stem: "count" }] && (RecordNouns.Has(of) || terms.IsRowNoun(of));
        if (isCount)
            words.RemoveRange(words[with - 1].Kind == WordKind.Comma ? with - 1 : with, end - (words[with - 1].Kind == WordKind.Comma ? with - 1 : with));
        return words;
    }

    // "How many years older is the average man than the average woman", "how many hours faster is the average response on chat than on
    // email": the difference of the means of what the adjective or the noun says.
    private static List<Word> Older(TableTerms terms, List<Word> words)
    {
        var at = words.FindIndex(w => w.Stem == "how");
        if (at < 0 || at + 5 >= words.Count || words[at + 1].Stem is not ("many" or "much"))
            return words;
        var much = words[at + 1].Stem == "many" ? at + 3 : at + 2;
        if (Adjectives.Comparative(words[much].Stem) is not { } adjective || words[much + 1].Stem is not ("is" or "are" or "was" or "were") || words.FindIndex(much, w => w.Stem == "than") is not (> 0 and var than))
            return words;
        var end = words.FindIndex(than, w => w.Kind == WordKind.Stop) is >= 0 and var stop ? stop : words.Count;
        var first = words[(much + 2)..than];
        var second = words[(than + 1)..end];
        // "On average", said at the end.
        var isAtEnd = second is [.., _, { Stem: "on" }, { Stem: "average" }];
        if (isAtEnd)
            second.RemoveRange(second.Count - 2, 2);
        if (!isAtEnd && !first.Exists(w => w.Stem is "average" or "avg" or "mean" or "typical"))
            return words;
        var column = Measure(terms, first, out var named) ?? adjective.Concepts.Select(c => terms.ColumnsOfConcept(c).Where(m => m.IsMeasure()).ToList()).FirstOrDefault(c => c.Count > 0) switch { [var only] => only, _ => null };
        if (column is null)
            return words;
        List<Word> Who(List<Word> side) => [.. side.Where((w, i) => !named.Contains(w) && w.Stem is not ("the" or "average" or "avg" or "mean" or "typical" or "a" or "an" or "on" or "in" or "for" or "of" or "at" or "one" or "that"))];
        var (a, b) = adjective.IsMore ? (Who(first), Who(second)) : (Who(second), Who(first));
        if (a.Count == 0 || b.Count == 0)
            return words;
        return [.. words[..at], .. QuestionWords.Words($"difference in average {Called(column)} between"), .. a, new Word(WordKind.Word, "and", "and"), .. b, .. words[end..]];
    }

    // "Did better in reading than in maths", "made less at the box office than their budget": a column against a column.
    private static List<Word> Beside(TableTerms terms, List<Word> words)
    {
        for (var i = 1; i + 3 < words.Count; i++)
        {
            if (words[i].Stem is not ("better" or "worse" or "higher" or "lower" or "more" or "less") || !PlainVerbs.Has(words[i - 1].Raw.ToLowerInvariant()) || words.FindIndex(i, w => w.Stem == "than") is not (> 0 and var than))
                continue;
            var end = words.FindIndex(than, w => w.Kind is WordKind.Stop or WordKind.Comma) is >= 0 and var stop ? stop : words.Count;
            if (Whole(terms, words[(i + 1)..than]) is not { } left || Whole(terms, words[(than + 1)..end]) is not { } right || left == right)
                continue;
            var isMore = words[i].Stem is "better" or "higher" or "more";
            if (words[i].Stem is "better" or "worse" && UnitWords.IsNamedBy(left, "time"))
                isMore = !isMore;
            Replace(words, i - 1, end - i + 1, $"had {(isMore ? "more" : "less")} {Called(left)} than {Called(right)}");
        }

        return words;
    }

    // "Scored below 60 in both maths and science": each of them is bounded.
    private static List<Word> Each(TableTerms terms, List<Word> words)
    {
        for (var i = 1; i + 4 < words.Count; i++)
        {
            if (Bound(words, i) is not var (number, sign) || number + 3 >= words.Count || !PlainVerbs.Has(words[i - 1].Raw.ToLowerInvariant()) && words[i - 1].Stem is not ("got" or "have" or "had" or "with") || words[number + 1].Stem is not ("in" or "on" or "for"))
                continue;
            var at = words[number + 2].Stem is "both" or "either" ? number + 3 : number + 2;
            List<TableColumn> columns = [];
            var joint = "";
            var next = at;
            while (next < words.Count)
            {
                if (words[next].Kind == WordKind.Comma || words[next].Stem is "and" or "or")
                    joint = words[next].Kind == WordKind.Comma ? joint : words[next].Stem;
                else if (terms.ExactColumns([words[next]]) is { Columns: [var one] } && one.IsMeasure())
                    columns.Add(one);
                else
                    break;
                next++;
            }

            if (columns.Count < 2 || joint.Length == 0)
                continue;
            Replace(words, i - 1, next - i + 1, $"with {string.Join($" {joint} ", columns.Select(c => $"{Called(c)} {sign} {words[number].Raw}"))}");
        }

        return words;
    }

    // "The average across maths, reading and science": of the three of each row.
    private static List<Word> Across(TableTerms terms, List<Word> words)
    {
        var i = words.FindIndex(w => w.Stem == "across");
        if (i < 1 || !words.Take(i).Any(w => w.Stem is "average" or "mean"))
            return words;
        List<TableColumn> columns = [];
        var next = i + 1;
        for (; next < words.Count; next++)
        {
            if (words[next].Kind == WordKind.Comma || words[next].Stem is "and" or "the" or "all")
                continue;
            if (terms.ExactColumns([words[next]]) is not { Columns: [var one] } || !one.IsMeasure())
                break;
            columns.Add(one);
        }

        if (columns.Count > 1)
            Replace(words, i, next - i, $"of ({string.Join(" + ", columns.Select(c => $"{Called(c)}"))}) / {columns.Count}");
        return words;
    }

    // Where a number that is bounded stands, and how: below 60, fewer than 60.
    private static (int Number, string Sign)? Bound(List<Word> words, int i)
    {
        var sign = words[i].Stem switch
        {
            "below" or "under" => "below", "above" or "over" => "above",
            "fewer" or "less" or "lower" when i + 1 < words.Count && words[i + 1].Stem == "than" => "below",
            "more" or "higher" or "greater" when i + 1 < words.Count && words[i + 1].Stem == "than" => "above",
            "at" when i + 1 < words.Count && words[i + 1].Stem == "least" => "at least",
            "at" when i + 1 < words.Count && words[i + 1].Stem == "most" => "at most",
            _ => null,
        };
        var number = words[i].Stem is "below" or "under" or "above" or "over" ? i + 1 : i + 2;
        return sign is not null && number < words.Count && words[number].Number is not null ? (number, sign) : null;
    }

    // The column that a phrase is but for small words.
    private static TableColumn? Whole(TableTerms terms, List<Word> phrase)
    {
        List<Word> bare = [.. phrase.Where(w => w.Stem is not ("in" or "at" or "on" or "for" or "the" or "their" or "its" or "his" or "her" or "a" or "an"))];
        if (bare is [.., { Stem: "score" or "mark" }] && bare.Count > 1 && terms.ExactColumns(bare) is null)
            bare.RemoveAt(bare.Count - 1);
        return bare.Count is > 0 and < 4 && terms.ExactColumns(bare) is { Columns: [var column] } && column.IsMeasure() ? column : null;
    }

    // The longest name of a column of numbers in a phrase, and its words.
    private static TableColumn? Measure(TableTerms terms, List<Word> phrase, out List<Word> named)
    {
        for (var length = Math.Min(4, phrase.Count); length > 0; length--)
        {
            for (var i = 0; i + length <= phrase.Count; i++)
            {
                named = phrase[i..(i + length)];
                if (terms.ExactColumns(named) is { Columns: [var column] } && column.IsMeasure())
                    return column;
            }
        }

        named = [];
        return null;
    }

    private static string Called(TableColumn column) => string.Join(' ', column.Parts());

    private static void Replace(List<Word> words, int at, int count, string by)
    {
        words.RemoveRange(at, count);
        words.InsertRange(at, QuestionWords.Words(by));
    }
}
