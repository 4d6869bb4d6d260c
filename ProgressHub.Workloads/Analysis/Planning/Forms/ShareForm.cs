using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Shares of a total: of each group, or of the rows with something.</summary>
internal static class ShareForm
{
    public static Query? Build(Form form)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (!sentence.Has(Lex.Share) || sentence.Has(Lex.Growth) || draft.Rank is not null && draft.Keys.Count == 0)
            return null;
        var share = sentence.Find(Lex.Share);
        var output = form.OneMeasure(Statistic.Sum);
        if (sentence.Doubt is not null)
            return null;
        if (output is null && draft.Measures.Count == 0)
            output = new Output("rows", new Measure.Rows());
        if (output is null || !(output.Measure.AddsUp || output.Measure is Measure.Of { Statistic: Statistic.Distinct }))
        {
            sentence.Refuse("A share is of something that adds up.");
            return null;
        }

        // "What share of runners are women": of all of them, and of none by itself.
        if (draft.Keys is [{ Role: KeyRole.Which or KeyRole.Named, Key.Bucket: null } asked] && draft.Filters.Count > 0 && sentence[asked.At].Raw.EndsWith('s') && asked.At > share && Enumerable.Range(share + 1, asked.At - share - 1).All(k => sentence[k].IsFiller || sentence[k].Lex is Lex.On or Lex.All))
        {
            // How many different there are is known about only; a word for the rows says more.
            var least = sentence[asked.At].IsRow ? 0.9 : 0.98;
            if (asked.Key.Column.Distinct is not { } different || different < least * form.Table.Rows)
                sentence.Refuse($"It does not say whether rows or different {asked.Key.Name} are counted.");
            draft.Keys.Clear();
        }

        var ofTotal = sentence.Has(Lex.Sum);
        form.Take("share", Lex.Share, Lex.Sum, Lex.All);
        if (!ofTotal && OfWhole(form, share) is { } parts)
            return parts;
        var keys = draft.Keys.Where(k => k.Role != KeyRole.Named || draft.Filters.All(f => f.Column != k.Key.Column)).Select(k => k.Key).ToList();
        if (draft.KeyOf(KeyRole.Which) is not null && draft.KeyOf(KeyRole.Named) is { } named)
        {
            sentence.Refuse($"It does not say whether rows or different {named.Key.Name} are counted.");
            return null;
        }

        var (part, whole) = IsOfGroups(form, share) ? ([], [.. draft.Filters]) : Parts(form, share);
        if (keys.Count > 0 && draft.Measures.Count == 0 && draft.Filters.Exists(f => !f.IsTime) && !IsOfGroups(form, share))
        {
            if (OfEach(form, share, part.Count > 0) is not { } ofEach)
                return null;
            if (!ofEach)
                part = [];
            else if (part.Count == 0)
                (part, whole) = ([.. draft.Filters.Where(f => !f.IsTime)], [.. draft.Filters.Where(f => f.IsTime)]);
        }

        if (keys.Count > 0 && part.Count == 0)
        {
            var rank = draft.Rank is { } ranked ? new Ranking(ranked.Descending, ranked.Nth is null ? ranked.Limit ?? 1 : null, ranked.Nth) : new Ranking(true);
            return new Query.Aggregate(keys, [output]) { Where = form.Where(), Window = Window.Share, Ranking = rank };
        }

        if (part.Count == 0)
        {
            sentence.Refuse("It does not say the share of what.");
            return null;
        }

        if (Filtering.Join(sentence, part) is not { } condition)
            return null;
        foreach (var column in part.Select(p => p.Column).OfType<Tables.TableColumn>().Where(c => c.Empty > 0).Distinct())
            sentence.Notes.Add($"Rows without {column.Name} ({column.Empty}) count in the whole.");
        var within = new Measure.Where(output.Measure, condition);
        Output[] outputs = [new("share in %", new Measure.Percent(within, output.Measure)), new($"{output.Name} of these", within), new($"{output.Name} of all", output.Measure)];
        return new Query.Aggregate(keys, outputs) { Where = Filtering.Join(sentence, whole), Ranking = keys.Count == 0 ? null : draft.Rank is { } first ? new Ranking(first.Descending, first.Nth is null ? first.Limit ?? 1 : null, first.Nth) : new Ranking(true) };
    }

    // "The percentage of damaged pallets", where pallets are counted too: the ones in the others.
    private static Query.Aggregate? OfWhole(Form form, int share)
    {
        if (form.Draft is not { Measures: [{ Statistic: null or Statistic.Sum, Expression: Expr.Of { Column: var some }, At: var at }] } draft || at < share || draft.KeyOf(KeyRole.Which) is not null || draft.KeyOf(KeyRole.Named) is not null)
            return null;
        var wholes = form.Table.Columns.Where(c => c != some && c.IsMeasure() && some.Parts().Count > c.Parts().Count && some.Parts().TakeLast(c.Parts().Count).SequenceEqual(c.Parts())).ToList();
        if (wholes is not [var all])
            return null;
        form.Sentence.Notes.Add($"The share was taken as that of {some.Name} in {all.Name}; say share of the total for another.");
        var (part, whole) = (new Measure.Of(Statistic.Sum, new Expr.Of(some)), new Measure.Of(Statistic.Sum, new Expr.Of(all)));
        var keys = draft.Keys.Select(k => k.Key).ToList();
        return new Query.Aggregate(keys, [new("share in %", new Measure.Percent(part, whole)), new(Names.Of(part), part), new(Names.Of(whole), whole)])
        {
            Where = form.Where(), Having = draft.Having, Ranking = keys.Count == 0 ? null : draft.Rank is { } rank ? new Ranking(rank.Descending, rank.Nth is null ? rank.Limit ?? 1 : null, rank.Nth) : new Ranking(true),
        };
    }

    // "The share of each method in Nantes": the groups are the parts, and the rest narrows the whole.
    private static bool IsOfGroups(Form form, int share)
    {
        // "The return rate per customer" is of each customer's own.
        if (form.Sentence[share].Stem is "rate" or "quota")
            return false;
        var each = form.Sentence.Next(share);
        while (form.Sentence[each].Lex is Lex.On or Lex.Each or Lex.Every && each < form.Sentence.Count)
            each = form.Sentence.Next(each);
        return form.Sentence[form.Sentence.Previous(each)].Lex is Lex.Each or Lex.Every && form.Draft.Keys is [{ Role: KeyRole.Each } key] && key.At == each;
    }

    // "What percentage of orders are late per site", "the share of late orders in each site": of each site's own orders. "The share
    // of late orders by site" can be that, or how the late ones fall to the sites.
    private static bool? OfEach(Form form, int share, bool isSaid)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        if (draft.Filters.Where(f => !f.IsTime).Select(f => f.Column).Distinct().Count() > 1 && !isSaid)
        {
            sentence.Refuse("It is not clear which of its conditions make the part and which the whole; say: what percentage of orders in … are ….");
            return null;
        }

        // "The percentage of parcels that got lost, by carrier": of the parcels that are the carrier's.
        if (draft.Filters.Find(f => !f.IsTime) is { } part && Enumerable.Range(share, Math.Max(0, part.At - share)).Any(i => sentence[i].Stem is "that" or "who" or "which" && (sentence[i - 1].IsRow || sentence[i - 1].Lex == Lex.Row)))
        {
            sentence.Notes.Add($"'{sentence[share].Raw}' was taken of each group's own rows.");
            return true;
        }

        if (isSaid || sentence[share].Stem is "rate" or "quota" || draft.KeyOf(KeyRole.Each) is not null || draft.Rank is not null)
            return true;
        const string own = "of each group's own rows", all = "of all such rows";
        const string term = "share by group";
        if (sentence.Choice(term) is { } choice)
            return choice == own;
        sentence.Ask(term, $"'{sentence[share].Raw}': what part of each group's own rows it is, or how all such rows fall to the groups?", [own, all]);
        return null;
    }

    // "Houses come furnished", "bills are paid".
    private static bool IsPredicate(Reading.Item item) => item.Lex is Lex.Is or Lex.Did || (item.Lex is Lex.Filler && item.Words is [{ Stem: "come" or "came" or "get" or "got" or "go" or "went" }]);

    // What follows the verb is the part; what stands before it narrows the whole.
    private static (List<FilterPart> Part, List<FilterPart> Whole) Parts(Form form, int share)
    {
        var (sentence, draft) = (form.Sentence, form.Draft);
        var head = draft.Measures.Count > 0 ? draft.Measures[0].At : form.RowNoun();
        var verb = Enumerable.Range(share, sentence.Count - share).FirstOrDefault(i => i > share && IsPredicate(sentence[i]) && i < sentence.Count - 1 && draft.Filters.Exists(f => f.At > i) && draft.Filters.Exists(f => f.At > share && f.At < i || i > head), -1);
        var grouped = draft.Keys.Exists(k => k.Role is KeyRole.By or KeyRole.Each);
        // "The cancellation rate in Graz": what it is a rate of, among those in Graz.
        if (sentence[share].Stem is "rate" or "quota" && draft.Filters.Where(f => f.At == sentence.Previous(share)).ToList() is { Count: 1 } rated)
            return (rated, [.. draft.Filters.Except(rated)]);
        if (verb > 0)
        {
            List<FilterPart> after = [.. draft.Filters.Where(f => f.At > verb && !(f.IsTime && draft.Filters.Exists(o => o.At > verb && !o.IsTime)))];
            return (after, [.. draft.Filters.Except(after)]);
        }

        // "The share of late orders in Berlin": late ones, of those in Berlin.
        var noun = Enumerable.Range(share, sentence.Count - share).FirstOrDefault(i => sentence[i].IsRow || sentence[i].Lex == Lex.Row, -1);
        var said = draft.Filters.Where(f => f.At > share && f.At < noun && !f.IsTime).ToList();
        if (said.Count > 0 && !grouped && draft.Filters.Where(f => f.At > noun && !f.IsTime).ToList() is { Count: > 0 } places && places.TrueForAll(f => sentence[sentence.Previous(f.At)].Lex is Lex.In or Lex.From or Lex.And))
            return (said, [.. draft.Filters.Except(said)]);
        // "Bedroom readings below 16": those that are, of the readings of the bedroom.
        if (said.Count > 0 && !grouped && draft.Filters.Where(f => f.At > noun && !f.IsTime).ToList() is { Count: > 0 } bounded && bounded.TrueForAll(f => f.Condition is Condition.Compare or Condition.All && !said.Contains(f)))
            return (bounded, [.. draft.Filters.Except(bounded)]);
        // "What percentage of men smoke", "the share of women over 40": of whom it is said first.
        if (noun < 0 && !grouped && draft.Filters.Where(f => !f.IsTime).OrderBy(f => f.At).ToList() is [{ Condition: Condition.OneOf } who, var what] && Enumerable.Range(share + 1, Math.Max(0, who.At - share - 1)).All(k => sentence[k].IsFiller || sentence[k].Lex is Lex.On or Lex.All) && (sentence[who.At].Raw.EndsWith('s') || BoundPeople.Are(sentence, who.At)))
            return ([what], [.. draft.Filters.Where(f => f != what)]);
        var part = draft.Filters.Where(f => f.At > head && head > share && !f.IsTime).ToList();
        if (part.Count == 0 && !grouped)
            part = [.. draft.Filters.Where(f => !f.IsTime)];
        if (part.Count == 0 && !grouped)
            part = [.. draft.Filters];
        if (part.Select(p => p.Column).Distinct().Count() > 1 && !grouped)
            sentence.Refuse("It is not clear which of its conditions make the part and which the whole; say: share of orders in … that are ….");
        return grouped && part.Count > 0 && draft.Measures.Count > 0 && draft.Measures[0].Expression is not null && sentence[share].Stem.Contains("total", StringComparison.Ordinal)
            ? ([], draft.Filters) : (part, [.. draft.Filters.Except(part)]);
    }
}
