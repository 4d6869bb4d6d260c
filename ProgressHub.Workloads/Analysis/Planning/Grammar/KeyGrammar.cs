using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>What things are told apart by: by region and month, for each site, monthly, over the years.</summary>
internal sealed class KeyGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new KeyGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            switch (sentence.Lex(i))
            {
                case Lex.By:
                    grammar.Marked(i, KeyRole.By);
                    break;
                case Lex.Each or Lex.Every:
                    grammar.Marked(i, KeyRole.Each);
                    break;
                case Lex.Above when sentence[i].Stem == "over" && sentence[sentence.Next(i)] is { Bucket: not null, IsAdverb: false }:
                    grammar.Marked(i, KeyRole.By);
                    break;
                case Lex.In or Lex.On when sentence[i + 1].Lex is Lex.Each or Lex.Every:
                    grammar.Marked(i + 1, KeyRole.Each);
                    break;
                // "Over each distance".
                case Lex.Above when sentence[i].Stem == "over" && sentence[i + 1].Lex is Lex.Each or Lex.Every:
                    sentence.Take("key", i);
                    grammar.Marked(i + 1, KeyRole.Each);
                    break;
            }
        }

        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i) && sentence[i] is { Bucket: { } bucket, IsAdverb: true, Column: null } && sentence[i].Stem.EndsWith('y') && bucket is not Bucket.Weekday)
                grammar.Adverb(i, bucket);
        }
    }

    /// <summary>The key that a piece means; null where it means none, or the user is asked which.</summary>
    public static Key? KeyAt(Sentence sentence, int at)
    {
        var item = sentence[at];
        if (item.Bucket is { } bucket && !(item.Column is { Likeness: Likeness.Exact } own && own.Columns.Any(c => !c.IsTime)))
        {
            var column = item.ColumnsWhere(c => c.IsTime) is [var only] ? only : TimeColumn.Of(sentence, at);
            if (column is null)
                return null;
            if (column.Type == ColumnType.Text)
                return OfPeriods(column, bucket);
            if (!column.IsNumber)
                return new Key(column, bucket);
            return bucket == Bucket.Year ? new Key(column, null) : null;
        }

        var columns = item.ColumnsWhere(c => c.IsCategory());
        if (columns.Count == 0)
            columns = item.ColumnsWhere(c => c.IsTime);
        if (columns.Count == 0)
            columns = item.ColumnsWhere(c => c.IsScale());
        if (columns.Count == 0 || (item.Column!.Likeness == Likeness.Related && item.ColumnsWhere(c => c.IsMeasure() && !c.IsScale()).Count > 0))
            return null;
        return sentence.Choose(at, columns) is { } chosen ? new Key(chosen, chosen.IsTime ? Bucket.Day : null) : null;
    }

    /// <summary>The steps of a column whose months, quarters or weeks are texts: its own, or the years that they begin with.</summary>
    public static Key? OfPeriods(TableColumn column, Bucket bucket)
    {
        var days = CalendarColumns.PeriodOf(column.Values[0]) is var (from, before) ? before.DayNumber - from.DayNumber : 0;
        Bucket own = days switch { 7 => Bucket.Week, > 31 => Bucket.Quarter, _ => Bucket.Month };
        return bucket == own ? new Key(column, null) : bucket == Bucket.Year && own != Bucket.Week ? new Key(column, bucket) : null;
    }

    private void Marked(int i, KeyRole role)
    {
        var at = sentence.Next(i);
        while (sentence[at].Lex is Lex.All or Lex.Distinct or Lex.On && at < sentence.Count && sentence[at].Column is null)
            at = sentence.Next(at);
        // "By profit (box office minus budget)": by what the brackets say.
        while (sentence.PartOf(at) == "formula" && at < sentence.Count)
            at = sentence.Next(at);
        for (var first = true; at < sentence.Count; first = false)
        {
            if (!sentence.IsFree(at) || !One(i, at, role))
            {
                if (first)
                    Other(i, at, role);
                return;
            }

            if (Following(at, role) is not { } next)
                return;
            at = next;
        }
    }

    // "By region and status", "by region, status", "per site and per month".
    private int? Following(int at, KeyRole role)
    {
        var and = sentence.Next(at);
        if (sentence[at + 1].Words[0].Kind == Language.WordKind.Comma)
            and = at + 1;
        else if (sentence[and].Lex != Lex.And)
            return null;
        var next = sentence.Next(and);
        List<int> between = [and];
        while (sentence[next].Lex is Lex.And or Lex.By or Lex.Each)
        {
            between.Add(next);
            next = sentence.Next(next);
        }

        if (!IsKey(next) || (role == KeyRole.Each && between.Count == 1 && sentence[and].Words[0].Kind == Language.WordKind.Comma))
            return null;
        sentence.Take("key", [.. between]);
        return next;
    }

    private bool IsKey(int at) => sentence.IsFree(at) && (sentence[at].Bucket is not null || sentence[at].ColumnsWhere(c => c.IsCategory() || c.IsScale()).Count > 0);

    private bool One(int i, int at, KeyRole role)
    {
        // "Top medicines by packs": what is ranked by, and not what is told apart by.
        if (role == KeyRole.By && draft.Rank is { } rank && rank.At < i && sentence[at].Bucket is null && sentence[at].ColumnsWhere(c => c.IsCategory() || c.IsTime).Count == 0 && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count > 0)
            return false;
        if (sentence[at].IsRow && role == KeyRole.Each && sentence[at].ColumnsWhere(c => c.IsCategory() && c != sentence.Terms.RowId && !(IsOneEach(c) && IsMean(i))).Count == 0)
        {
            sentence.Take("per row", i, at);
            draft.IsPerRow = true;
            return false;
        }

        // "The average votes per candidate", where each row is one: of the rows.
        if (role == KeyRole.Each && IsMean(i) && sentence[at] is { Bucket: null } one && one.ColumnsWhere(c => c.IsCategory()) is [{ Distinct: { } different } each] && different >= 0.98 * sentence.Terms.Table.Rows && draft.Keys.Count == 0)
        {
            sentence.Take("per row", i, at);
            sentence.Notes.Add($"Each {each.Name} has one row; the average is that of the rows.");
            draft.IsPerRow = true;
            return false;
        }

        if (Ends.WayOf(sentence, at) is var (from, to))
        {
            sentence.Take("key", i, at);
            draft.Keys.AddRange([new KeyPart(new Key(from, null), role, at), new KeyPart(new Key(to, null), role, at)]);
            return true;
        }

        // "The cost per day of stay" is of what lies between two days.
        if (sentence[at].Bucket == Bucket.Day && role == KeyRole.Each && sentence[at + 1].Stem == "of" && sentence[sentence.Next(at + 1)].Formula is not null)
        {
            sentence.Refuse($"A quotient of each row by '{sentence[sentence.Next(at + 1)].Raw}' is not computed; ask for both.");
            return false;
        }

        if (KeyAt(sentence, at) is not { } key)
            return false;
        sentence.Take("key", i, at);
        // "Per quarter by checkout date": whose quarters they are.
        if (sentence[at].Bucket is null && key.Column.IsTime && draft.Keys.FindIndex(k => k.Key is { Bucket: not null, Column.IsTime: true } && sentence[k.At].Bucket is not null) is >= 0 and var stepped)
        {
            draft.Keys[stepped] = draft.Keys[stepped] with { Key = new Key(key.Column, draft.Keys[stepped].Key.Bucket) };
            return true;
        }

        // "Month by month", "by month and month" are one key.
        var before = sentence.Previous(i);
        if (sentence.IsFree(before) && sentence[before].Bucket == sentence[at].Bucket && sentence[at].Bucket is not null)
            sentence.Take("key", before);
        if (!draft.Keys.Exists(k => k.Key == key))
            draft.Keys.Add(new KeyPart(key, role, at));
        return true;
    }

    // "The average amount per receipt", where each row is one.
    private bool IsOneEach(Tables.TableColumn column) => column == sentence.Terms.Table.Columns[0] && column.Distinct is { } distinct && distinct >= 0.98 * sentence.Terms.Table.Rows;

    private bool IsMean(int before) => Enumerable.Range(0, before).Any(k => sentence[k].Lex == Lex.Average);

    // By something that is no key: a measure to rank by, or a number to group by.
    private void Other(int i, int at, KeyRole role)
    {
        if (!sentence.IsFree(at) || role != KeyRole.By)
            return;
        var isComputed = sentence[at].Lex is Lex.HowMany or Lex.Volatility || AggregateGrammar.StatisticOf(sentence[at].Lex) is not null || sentence[at].Formula is not null;
        if (draft.Rank is not null && (isComputed || sentence[at].IsRow || sentence[at].ColumnsWhere(c => c.IsMeasure()).Count > 0))
            sentence.Take("rank", i);
        else if (!isComputed && sentence[at].ColumnsWhere(c => c.IsNumber) is { Count: > 0 } numbers && sentence.Choose(at, numbers) is { } number)
        {
            // "The average across maths, reading and science" is of the three, and by none of them.
            var joint = sentence[at + 1].Words[0].Kind == Language.WordKind.Comma || sentence.Lex(at + 1) == Lex.And;
            if (joint && number.IsMeasure() && sentence[sentence.Next(at + 1)].ColumnsWhere(c => c.IsMeasure()).Count > 0)
            {
                sentence.Refuse($"It names several numbers after '{sentence[i].Raw}'; ask for each by itself.");
                return;
            }

            sentence.Take("key", i, at);
            draft.Keys.Add(new KeyPart(new Key(number, null), role, at));
        }
    }

    // "Average daily sessions" is the mean of the days' totals; "monthly sessions" are by month.
    private void Adverb(int i, Bucket bucket)
    {
        // "Billed annually", where a column says how they are billed.
        if (sentence[i].Values.Count == 0 && sentence.Terms.PartValues(sentence[i].Stem == "annually" ? "annual" : sentence[i].Stem) is [{ Values: [_] } way]
            && Enumerable.Range(0, sentence.Count).Any(k => k != i && sentence[k].Column?.Columns.Contains(way.Column) == true))
        {
            sentence.Take($"{way.Column.Name} is {way.Values[0]}", i);
            draft.Filters.Add(new FilterPart(new Condition.OneOf(way.Column, way.Values), way.Column, i, Negation.Of(sentence, draft, i, way.Column)));
            return;
        }

        if (TimeColumn.Of(sentence, i) is not { } column || (column.IsNumber && bucket != Bucket.Year))
            return;
        if ((column.Type == ColumnType.Text ? OfPeriods(column, bucket) : new Key(column, column.IsNumber ? null : bucket)) is not { } key)
            return;
        var before = sentence.Previous(i);
        var isNested = AggregateGrammar.StatisticOf(sentence[before].Lex) is Statistic.Average or Statistic.Median or Statistic.Maximum or Statistic.Minimum or Statistic.Deviation
            || sentence[before].Lex is Lex.Most or Lex.Least;
        var at = sentence.Next(i);
        var adds = sentence[at].Lex == Lex.HowMany || sentence[at].IsRow || sentence[at].ColumnsWhere(c => c.IsMeasure() && c.AddsUp() == true).Count > 0 || sentence[at].Lex == Lex.Sum;
        sentence.Take("key", i);
        if (isNested && adds)
            draft.Inner = key;
        else
            draft.Keys.Add(new KeyPart(key, KeyRole.By, i));
    }
}
