using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>Finds what the words of a question can mean: the longest phrase first, and all meanings of that phrase.</summary>
internal sealed class ItemReader(TableTerms terms, IReadOnlyList<Word> words)
{
    private const int LongestName = 7;
    private static readonly FrozenSet<string> BeforeOne = FrozenSet.ToFrozenSet(
        ["least", "most", "than", "exactly", "only", "just", "with", "have", "has", "had", "over", "above", "under", "below", "exceed", "exceeds", "within", "of", "to", "or"]);

    private static readonly FrozenSet<string> AfterPronoun = FrozenSet.ToFrozenSet(
        ["of", "who", "that", "which", "whose", "with", "in", "on", "from", "is", "was", "were", "are", "had", "has", "and", "or", "to"]);

    private readonly bool _hasTime = terms.Table.Timeline is not null || terms.Table.Columns.Any(c => c.IsCalendarNumber() || c.IsPeriods());

    /// <summary>The pieces.</summary>
    public static (List<Item> Items, IReadOnlyList<string> Notes) Read(TableTerms terms, IReadOnlyList<Word> words)
    {
        var slips = new Slips(terms, words);
        words = Than(Phrasing.Read(terms, words.Select(slips.Read)));
        var reader = new ItemReader(terms, words);
        List<Item> items = [];
        for (var i = 0; i < words.Count;)
        {
            var item = reader.At(i);
            items.Add(reader.OfKind(items, OfRate(items, reader.OfBound(i, reader.OfPayment(i, reader.OfVerb(i, reader.OfProperty(items, item)))))));
            i += item.Words.Count;
        }

        return (items, slips.Notes);
    }

    // "Later then the due date", "more then 5": what stands behind a comparative.
    private static IReadOnlyList<Word> Than(IReadOnlyList<Word> words) => [.. words.Select((w, i) => w is { Kind: WordKind.Word, Stem: "then" } && i > 0 && words[i - 1] is { Kind: WordKind.Word } before
        && (before.Stem is "more" or "less" or "fewer" or "later" or "earlier" or "higher" or "lower" or "greater" or "larger" or "smaller" or "bigger" or "rather" or "other" || Adjectives.Comparative(before.Stem) is not null) ? w with { Stem = "than" } : w)];

    // "Average price" of a table called prices speaks of what its columns hold, not of its rows.
    private Item OfProperty(List<Item> before, Item item) =>
        item is { IsRow: true, Column: null, Words: [var word] } && !RowNouns.People.Contains(word.Stem)
        && before.LastOrDefault()?.Lex is Lex.Average or Lex.Median or Lex.Spread or Lex.Variance or Lex.Percentile or Lex.Maximum or Lex.Minimum or Lex.Volatility
        && (terms.RelatedColumns(word.Stem) ?? (terms.Money is { } money ? new ColumnSense([money], Likeness.Related) : null)) is { } column
            ? item with { Column = column, IsRow = false }
            : item;

    // "Payment type" of a column called payment; "fuel consumption" is fuel_litres, and "ticket volume" no income of tickets.
    private Item OfKind(List<Item> before, Item item) =>
        item is { IsUnknown: true, Stem: "type" or "kind" or "category" or "class" or "method" or "name" or "group" } && before.LastOrDefault() is { Column.Likeness: Likeness.Exact } named && named.ColumnsWhere(c => c.IsCategory()).Count > 0
            ? item with { Lex = Lex.Filler }
            : item is { Stem: "consumption" or "usage" or "use" or "intake" or "output" or "volume" or "quantity", Lex: Lex.None, IsRow: false, Values.Count: 0, Column: null or { Likeness: Likeness.Related } }
                && before.LastOrDefault() is { Column: { Likeness: <= Likeness.Part } what } && what.Columns.Where(c => c.IsMeasure()).ToList() is { Count: > 0 } much && much.TrueForAll(c => c.AddsUp() == true && !terms.IsMoney(c) && item.Column?.Columns.Contains(c) != true)
                ? item with { Lex = Lex.Filler, Column = null }
            // "The maths mark" is maths, also where there are late_marks.
            : item is { Stem: "mark" or "score" or "grade" or "rating" or "result" or "figure" or "value" or "point" } && (item.Column is { Likeness: > Likeness.Exact } || item.IsUnknown) && before.LastOrDefault() is { Column: { Likeness: Likeness.Exact } own } && own.Columns.All(c => c.IsMeasure() && item.Column?.Columns.Contains(c) != true)
                ? item with { Lex = Lex.Filler, Column = null } : item;

    // "Pass rate": the share of those that passed.
    private static Item OfRate(List<Item> before, Item item) =>
        item is { IsUnknown: true, Stem: "rate" or "quota" } && before.LastOrDefault() is { Lex: Lex.None } of
        && ((of.Values.Count > 0 && of.Column is null) || of.ColumnsWhere(c => c.Type == ColumnType.Boolean).Count > 0)
            ? item with { Lex = Lex.Share } : item;

    // "Employees who earn above 50,000", "shipments that weigh more": the one column that says how much.
    private Item OfVerb(int i, Item item)
    {
        if (item is { IsUnknown: true, Words: [{ Kind: WordKind.Word } own] } && terms.IsRowVerb(own.Stem))
            return item with { Lex = Lex.Filler };
        if (item is { IsUnknown: true, Words: [{ Stem: "money" or "spending" or "expenditure" or "outlay" or "revenue" or "turnover" or "earning" or "income" or "proceeds" } sum] } && terms.Money is { } money && (sum.Stem is "money" or "spending" or "expenditure" or "outlay" || money.AddsUp() != false))
            return item with { Column = new ColumnSense([money], Likeness.Related) };
        // "Sold in 2023", where a column says when, and not of all.
        if (item is { Lex: Lex.Filler or Lex.Verb, Column: null, Values.Count: 0, Words: [{ Kind: WordKind.Word, Raw.Length: > 3 } done] } && terms.RelatedColumns(done.Stem) is { } happened && happened.Columns.Any(c => c is { IsTime: true, Empty: > 0 }))
            return item with { Lex = Lex.None, Column = happened };
        // "Produced the most", where a column says the production.
        if (item is { Lex: Lex.Filler, Column: null, Values.Count: 0, Words: [{ Kind: WordKind.Word, Raw.Length: > 4 } did] } && i + 2 < words.Count && (words[i + 1].Stem is "most" or "more" or "least" or "less" || words[i + 2].Stem is "most" or "least")
            && terms.RootedColumns(did.Stem).Where(c => c.IsMeasure()).ToList() is [var much])
            return item with { Lex = Lex.None, Column = new ColumnSense([much], Likeness.Related) };
        // "Absent 3 times", where a column counts the absences.
        if (item is { Lex: Lex.Missing, Column: null, Words: [{ Stem: "absent" or "missing" } gone] } && terms.RelatedColumns(gone.Stem) is { } counted && counted.Columns.Any(c => c.IsMeasure()))
            return item with { Lex = Lex.None, Column = counted };
        // "Available in June", where a column says from when.
        if (item is { Lex: Lex.Present, Column: null, Values.Count: 0, Words: [{ Kind: WordKind.Word } state] } && terms.PartColumns([state.Stem]) is { Columns: [{ IsTime: true }] } since)
            return item with { Lex = Lex.None, Column = since };
        if (item is { Lex: Lex.Verb, Column: null, Words: [var verb] } && terms.RelatedColumns(verb.Stem) is { } related)
            return item with { Lex = Lex.None, Column = related };
        if (item is not { Column: null, Values.Count: 0, Words: [{ Kind: WordKind.Word } word] } || Adjectives.Verb(word.Stem) is not { } concepts)
            return item;
        var measured = concepts.Select(terms.ColumnsOfConcept).Select(columns => columns.Where(c => c.IsMeasure()).ToList()).FirstOrDefault(columns => columns.Count > 0);
        return measured is [var only] ? item with { Lex = Lex.None, Column = new ColumnSense([only], Likeness.Related) } : item;
    }

    private static readonly FrozenSet<string> Bounders = FrozenSet.ToFrozenSet(
        ["more", "less", "over", "under", "above", "below", "between", "fewer", "exactly", "up", "upwards", ">", "<", ">=", "<="]);

    // "Flats priced above 500", "films that ran over 2 hours": the one column of what the verb measures, which the table does not call so.
    private Item OfBound(int i, Item item)
    {
        if (item is not { Lex: Lex.Filler or Lex.Verb or Lex.None or Lex.Last, Column: null, Values.Count: 0, IsRow: false, Words: [{ Kind: WordKind.Word } verb] } || Adjectives.Bounded(verb.Stem) is not { } concepts || i + 2 >= words.Count)
            return item;
        var next = words[i + 1].Stem is "for" or "at" && words[i + 2].Stem is not ("least" or "most") ? i + 2 : i + 1;
        var isBound = Bounders.Contains(words[next].Stem) || (words[next].Stem is "at" && next + 1 < words.Count && words[next + 1].Stem is "least" or "most") || (words[next].Stem is "no" or "not" && next + 1 < words.Count && words[next + 1].Stem is "more" or "less");
        if (!isBound || words.Skip(next).Take(4).All(w => w.Number is null))
            return item;
        var measured = concepts.Select(terms.ColumnsOfConcept).Select(columns => columns.Where(c => c.IsMeasure()).ToList()).FirstOrDefault(columns => columns.Count > 0);
        return measured is [var only] ? item with { Lex = Lex.None, Column = new ColumnSense([only], Likeness.Related) } : item;
    }

    // "What did private patients pay on average": the sums of money, where the table has one column of them. What they paid for,
    // with or to whom is another question.
    private Item OfPayment(int i, Item item)
    {
        // "Who pay more than 40".
        if (item is { Lex: Lex.Filler, Column: null, Words: [{ Stem: "pay" or "paid" or "spend" or "spent" or "cost" or "donated" }] } && i + 1 < words.Count
            && words[i + 1].Stem is "more" or "less" or "over" or "under" or "above" or "below" or "between" or "at" && i + 2 < words.Count && (words[i + 1].Stem != "at" || words[i + 2].Stem is "least" or "most") && terms.Money is { } sum)
            return item with { Lex = Lex.None, Column = new ColumnSense([sum], Likeness.Related) };
        // "Cost per kWh".
        if (item is { Lex: Lex.Filler or Lex.None, Column: null, Values.Count: 0, Words: [{ Stem: "cost" or "price" or "spend" or "amount" }] } && i + 2 < words.Count && words[i + 1].Stem == "per" && UnitWords.IsUnit(words[i + 2].Stem) && terms.Money is { } per)
            return item with { Lex = Lex.None, Column = new ColumnSense([per], Likeness.Related) };
        // "How many were there, and what did they cost".
        if (item is { Lex: Lex.Filler, Column: null, Values.Count: 0, Words: [{ Stem: "cost" or "pay" or "spend" or "earn" }] } && i > 3 && words[i - 1].Stem is "they" or "those" or "it" or "we" && words[i - 2].Stem is "did" or "do" && words[i - 3].Stem is "what" or "much" && terms.Money is { } theirs)
            return item with { Lex = Lex.None, Column = new ColumnSense([theirs], Likeness.Related) };
        if (item is not { Lex: Lex.Filler, Column: null, Values.Count: 0, Words: [{ Stem: "pay" or "spend" }] } || words is not [{ Stem: "what" }, { Stem: "did" or "do" or "does" }, ..])
            return item;
        var isWhole = i + 1 == words.Count || words[i + 1].Kind == WordKind.Stop
            || (i + 2 < words.Count && words[i + 1].Stem is "on" or "in" && words[i + 2].Stem is "average" or "total");
        return isWhole && terms.Money is { } money ? item with { Lex = Lex.None, Column = new ColumnSense([money], Likeness.Related) } : item;
    }

    // "At least one", "more than a week": a number, and no article.
    private bool IsOne(int i) => i > 0 && i + 1 < words.Count && words[i + 1].Kind == WordKind.Word
        && (words[i].Stem == "one" ? BeforeOne.Contains(words[i - 1].Stem) && !AfterPronoun.Contains(words[i + 1].Stem)
            : words[i].Stem is "a" or "an" && BeforeOne.Contains(words[i - 1].Stem) && words[i - 1].Stem is not ("with" or "have" or "has" or "had") && UnitWords.IsTime(words[i + 1].Stem));

    // "How many did they return", "return rate": asks for no list.
    private bool IsReturned(int i)
    {
        var next = i + 1 < words.Count ? words[i + 1].Stem : "";
        return words[i].Stem == "return" && (next is "rate" or "quota" || (i > 1 && words[i - 1].Stem is not ("and" or "please" or ",") && next is not ("the" or "all" or "only")));
    }

    private Item At(int i)
    {
        if (IsOne(i))
            return new Item([words[i]]) { Number = 1 };
        if (_hasTime && PeriodReader.At(words, i) is var (period, length) && IsTime(i, length) && !(period is Period.Every && terms.ExactValues(Slice(i, length)).Count > 0))
            return new Item(Slice(i, length)) { Period = period, Number = words[i].Number };
        for (var n = Math.Min(LongestName, words.Count - i); n > 0; n--)
        {
            if ((n == 1 ? OfColumn(i) : null) is { } named)
                return named;
            // "Opened at least 9", where a column is called opened at.
            if (n > 1 && words[i + n - 1].Stem == "at" && i + n < words.Count && words[i + n].Stem is "least" or "most")
                continue;
            if (n == 1 && IsReturned(i))
                break;
            if (Known(Slice(i, n)) is { } item && !(item.Lex is Lex.OrMore or Lex.OrLess && i + n < words.Count && (words[i + n].Number is not null || words[i + n].Stem == "than")))
                return item;
        }

        return Guess(i);
    }

    // "The amount" bears no meaning as a rule, and all of it where the table has a net_amount and a gross_amount.
    private Item? OfColumn(int i) =>
        words[i] is { Kind: WordKind.Word, Stem: "amount" or "value" or "level" or "figure" or "result" or "number" } word
        && !(i + 1 < words.Count && words[i + 1].Stem == "of")
        && Lexicon.Of(word.Stem) == Lex.Filler && terms.ExactColumns([word]) is null && terms.PartColumns([word.Stem]) is { } columns
            ? new Item([word]) { Column = columns }
            : null;

    private IReadOnlyList<Word> Slice(int i, int length) => [.. words.Skip(i).Take(length)];

    // A number such as 2024 is no year after "above" or "top".
    private bool IsTime(int i, int length) => words[i].Year is null || length > 1 || !(i > 0 && words[i - 1].Stem is "above" or "below" or "over" or "under" or "than" or "top" or "least" or "most" or ">" or "<" or "=" or ">=" or "<=");

    private Item? Known(IReadOnlyList<Word> phrase)
    {
        if (phrase.Any(w => w.Kind is WordKind.Comma or WordKind.Stop))
            return phrase.Count == 1 ? new Item(phrase) : Dotted(phrase);
        var stem = string.Join(' ', phrase.Select(w => w.Stem));
        var lex = phrase[0].Kind == WordKind.Quoted || phrase.Count > Lexicon.LongestPhrase ? Lex.None : Lexicon.Of(stem);
        var single = phrase.Count == 1 ? phrase[0] : null;
        var column = terms.ExactColumns(phrase);
        var values = terms.ExactValues(phrase);
        // IT is no it.
        if (lex is not Lex.None && single is { Kind: WordKind.Word, Raw: [>= 'A' and <= 'Z', >= 'A' and <= 'Z', ..] } && single.Raw.All(char.IsAsciiLetterUpper) && values.Any(v => v.Values.Contains(single.Raw)) && words.Any(w => w.Raw.Any(char.IsAsciiLetterLower)))
            lex = Lex.None;
        // "The Plus members" add nothing.
        if (lex is Lex.Plus or Lex.Minus or Lex.Over or Lex.First or Lex.Last or Lex.Best && single is { Kind: WordKind.Word, Raw: [>= 'A' and <= 'Z', ..] } && single != words[0] && values.Any(v => v.Likeness == Likeness.Exact && v.Values.Contains(single.Raw)))
            lex = Lex.None;
        // "Outside" is in the name of a temperature.
        if (lex is Lex.Not && single is { Stem: "outside" or "exclude" or "excluding" } && terms.PartColumns([stem]) is { } outer)
            (lex, column) = (Lex.None, outer);
        // Tables may be what is sold, and a line where it is made.
        if (lex is Lex.Table or Lex.Columns or Lex.Describe or Lex.Row or Lex.Unread && (values.Count > 0 || column is not null || (lex == Lex.Unread && terms.PartColumns([stem]) is not null)))
            lex = Lex.None;
        var item = new Item(phrase)
        {
            Lex = lex,
            Column = column ?? (phrase.Count > 1 && lex == Lex.None ? PartOf([.. phrase.Select(w => w.Stem)]) ?? Joined(phrase) : null),
            Values = values,
            IsRow = single is { Kind: WordKind.Word } && terms.IsRowNoun(stem),
            Bucket = _hasTime ? BucketOf(stem) : null,
            IsAdverb = !stem.Contains(' ', StringComparison.Ordinal) && stem is not ("day" or "date" or "week" or "month" or "quarter" or "year" or "hour"),
            Number = single is null ? Scaled(phrase) : NumberWords.Count(single),
            IsPercent = single?.IsPercent ?? false,
            Ordinal = single is null ? null : NumberWords.Ordinal(single),
            Superlative = single is not null ? Adjectives.Superlative(stem) : Phrased(phrase),
            Comparative = single is not null ? Adjectives.Comparative(stem) : phrase is [{ Stem: "more" or "less" or "better" or "worse" or "higher" or "lower" }, _, ..] && phrase.Count == 2 ? Compared(phrase) : null,
        };
        return item.IsUnknown && item.Comparative is null ? null : item;
    }

    private ColumnSense? PartOf(IReadOnlyList<string> stems) => terms.PartColumns(stems) ?? terms.QuantityColumns(stems) ?? terms.ShortenedColumns(stems);

    // "Checked out", of a checkout_date.
    private ColumnSense? Joined(IReadOnlyList<Word> phrase) => phrase is [{ Kind: WordKind.Word, Stem.Length: > 3 } verb, { } particle] && Fillers.Particles.Contains(particle.Stem)
        ? terms.PartColumns([Stemmer.Root(verb.Stem) + particle.Stem]) ?? terms.PartColumns([verb.Stem + particle.Stem]) : null;

    // "Dr. Chen": a stop within a value.
    private Item? Dotted(IReadOnlyList<Word> phrase) =>
        phrase[0].Kind is WordKind.Word or WordKind.Code && phrase[^1].Kind is WordKind.Word or WordKind.Code or WordKind.Number && terms.ExactValues(phrase) is { Count: > 0 } values
            ? new Item(phrase) { Values = values } : null;

    // "most expensive", "best selling", "highest paid".
    private Adjective? Phrased(IReadOnlyList<Word> phrase) => phrase is [var how, var what] && Adjectives.Plain(what.Stem) is { } adjective
        // "Highest close", where the table has a column of that name, is of the column.
        && terms.ExactColumns([what]) is null
        ? how.Stem switch
        {
            "most" or "best" or "highest" or "top" => adjective,
            "longest" when Adjectives.IsTenure(adjective) => adjective,
            "shortest" when Adjectives.IsTenure(adjective) => adjective with { IsMore = false },
            "least" or "worst" or "lowest" => adjective with { IsMore = !adjective.IsMore },
            _ => null,
        }
        : null;

    private static Adjective? Compared(IReadOnlyList<Word> phrase) => Adjectives.Plain(phrase[1].Stem) is { } adjective
        ? phrase[0].Stem is "more" or "better" or "higher" ? adjective : adjective with { IsMore = !adjective.IsMore } : null;

    private static double? Scaled(IReadOnlyList<Word> phrase) =>
        phrase is [var number, var scale] && NumberWords.Count(number) is { } n && NumberWords.Scale(scale) is { } times ? n * times
        : phrase is [{ Stem: "a" }, var one] && NumberWords.Scale(one) is { } alone ? alone : null;

    private static Bucket? BucketOf(string stem) => stem switch
    {
        "day" or "date" or "daily" or "calendar day" => Bucket.Day,
        "week" or "weekly" => Bucket.Week,
        "month" or "monthly" => Bucket.Month,
        "quarter" or "quarterly" => Bucket.Quarter,
        "year" or "yearly" or "annual" or "annually" => Bucket.Year,
        "weekday" or "day of the week" or "day of week" or "week day" => Bucket.Weekday,
        "month of the year" or "calendar month" => Bucket.MonthName,
        "hour" or "hourly" or "hour of the day" or "hour of day" => Bucket.Hour,
        _ => null,
    };

    // No phrase is known whole: a part of a name or value, a word of the same meaning or root, or a slip of the pen.
    private Item Guess(int i)
    {
        var word = words[i];
        var item = new Item([word]);
        if (word.Kind is not (WordKind.Word or WordKind.Code))
            return item;
        item = item with
        {
            // CO2 of co2_emissions has two parts.
            Column = terms.QuantityOf(word) ?? terms.PartColumns([word.Stem]) ?? (word.Kind == WordKind.Code ? terms.PartColumns(QuestionWords.NameParts(word.Raw)) : null) ?? terms.RelatedColumns(word.Stem),
            Values = terms.PartValues(word.Stem),
        };
        return item;
    }

}
