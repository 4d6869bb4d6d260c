using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Conditions on time: in March, since 2024, between two days, last 6 months, on Mondays.</summary>
internal sealed class PeriodGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new PeriodGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.IsFree(i) && sentence[i].Period is not null && !grammar.IsAmount(i))
                grammar.Read(i);
        }
    }

    // "Above 2000", "reading 2001": a number like any other, where the table has no such year.
    private bool IsAmount(int i)
    {
        if (sentence[i] is not { Number: { } number, Period: Period.Span, Words.Count: 1 })
            return false;
        var before = sentence[sentence.Previous(i)];
        if (before.Lex is Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost or Lex.Equal or Lex.Most)
            return true;
        if (before.Lex is Lex.In or Lex.Since or Lex.Before or Lex.After or Lex.Until)
            return false;
        var times = sentence.Terms.Table.Columns.Where(c => c.IsTime || c.IsCalendarNumber());
        return !times.Any(c => number >= TimeColumn.YearOf(c.Min) && number <= TimeColumn.YearOf(c.Max))
            && !sentence.Terms.Table.Columns.Any(c => c.IsPeriods() && c.Values.Any(v => TimeColumn.YearOf(v) == number));
    }

    // "June, July and August 2025": the year is that of all of them.
    private Period Dated(int i)
    {
        if (sentence[i].Period is not Period.Every { Part: Bucket.Month, Values: [var month] } every)
            return sentence[i].Period!;
        for (var k = i + 1; k < sentence.Count && (sentence[k].Lex is Lex.And or Lex.Or || sentence[k].Words[0].Kind == Language.WordKind.Comma || sentence[k].Period is Period.Every { Part: Bucket.Month } or Period.Span); k++)
        {
            if (sentence[k].Period is Period.Span { From: var from, Before: var end } && from.AddMonths(1) == end)
                return new Period.Span(new DateOnly(from.Year, month, 1), new DateOnly(from.Year, month, 1).AddMonths(1));
        }

        return every;
    }

    private void Read(int i)
    {
        // "The months of June and July".
        if (sentence[i - 1].Stem == "of" && sentence[i - 2] is { Bucket: Bucket.Month, IsAdverb: false } && sentence[i - 3].Stem is "the" or "" && Dated(i) is Period.Every { Part: Bucket.Month } or Period.Span { Before.Day: 1, From.Day: 1 })
            sentence.Take("time", i - 2);
        var before = sentence.Previous(i);
        // What was so at a moment is what had begun and not yet ended by then: of two times it is not known which.
        if (sentence[before].Stem is "as of" or "as at" && sentence.Terms.Table.Columns.Count(c => c.IsTime) > 1)
        {
            sentence.Refuse($"'{sentence[before].Raw}' a day of several times in the table is not one condition; say which column is before or after it.");
            return;
        }

        if (TimeColumn.Of(sentence, i) is not { } column)
            return;
        var word = sentence[before].Lex;
        var condition = Dated(i) switch
        {
            Period.Span span => Bounded(column, span, word, before, ref i),
            Period.Every every => Stretch(column, every, word, before, ref i) ?? Only(column, Named(column, every), word, before, ref i),
            Period.Recent recent => Last(column, recent),
            Period.LastStep last => Calendar(column, last) is { } step ? Only(column, step, word, before, ref i) : null,
            Period.Clock clock => OfDay(column, clock, word, before, ref i),
            _ => null,
        };
        if (column.Type == ColumnType.Text && condition is not null)
            condition = OfPeriods(column, condition);
        if (condition is null || (column.IsNumber && condition is Condition.PartOf))
            return;
        sentence.Take("time", i);
        // "After March" of every year says no end: the word is told.
        var isEdge = sentence[i].Period is Period.Span or Period.Clock || condition is Condition.Within;
        if (word is Lex.In or Lex.On or Lex.Between or Lex.To || (word == Lex.From && sentence[before].Words[0].Stem == "from") || (isEdge && word is Lex.Since or Lex.After or Lex.Before or Lex.Until or Lex.From or Lex.By))
            sentence.Take("time", before);
        // "Over the last six months".
        if (sentence[i].Period is Period.Recent or Period.LastStep && sentence[before].Stem == "over")
            sentence.Take("time", before);
        draft.Filters.Add(new FilterPart(condition, column, i, IsNot(before) || IsNotSince(column, word, before)));
    }

    // Months kept as text: those of them that the time holds.
    private Condition.OneOf? OfPeriods(TableColumn column, Condition condition)
    {
        var last = column.Values.Max(v => CalendarColumns.PeriodOf(v)!.Value.Before);
        bool Holds(string value)
        {
            var (from, before) = CalendarColumns.PeriodOf(value)!.Value;
            return condition switch
            {
                Condition.Within within => (within.From is null || from >= within.From) && (within.Before is null || before <= within.Before),
                Condition.PartOf { Part: Bucket.Month } part => part.Values.Contains(from.Month) && before <= from.AddMonths(1),
                Condition.PartOf { Part: Bucket.Quarter } part => part.Values.Contains(((from.Month - 1) / 3) + 1),
                Condition.Recent { Step: Bucket.Month } recent => from >= last.AddMonths(-recent.Count),
                Condition.Recent { Step: Bucket.Quarter } recent => from >= last.AddMonths(-3 * recent.Count),
                Condition.Recent { Step: Bucket.Year } recent => from >= last.AddYears(-recent.Count),
                _ => false,
            };
        }

        List<string> held = [.. column.Values.Where(Holds)];
        if (held.Count == 0)
            sentence.Refuse($"No {column.Name} of the table is of that time.");
        return held.Count == 0 ? null : new Condition.OneOf(column, held);
    }

    // "From March to May 2024", "between June and August", "Monday to Friday": all that lies between the two.
    private Condition? Stretch(TableColumn column, Period.Every every, Lex word, int before, ref int i)
    {
        var to = sentence.Next(i);
        var second = sentence.Next(to);
        var isPair = every.Values.Count == 1 && !IsChange && (sentence[to].Lex is Lex.To or Lex.Until or Lex.Minus || (sentence[to].Lex == Lex.And && word == Lex.Between) || (sentence[to].Stem == "through" && sentence[to].Lex == Lex.On));
        if (!isPair || !sentence.IsFree(second) || column.IsNumber)
            return null;
        Condition? all = sentence[second].Period switch
        {
            Period.Every { Values.Count: 1 } last when last.Part == every.Part => Parts(column, every.Part, every.Values[0], last.Values[0]),
            // A month of the year that the second one names, or of the one before it.
            Period.Span { From: var end, Before: var after } when every.Part == Bucket.Month && end.AddMonths(1) == after =>
                new Condition.Within(column, new DateOnly(every.Values[0] <= end.Month ? end.Year : end.Year - 1, every.Values[0], 1), after),
            _ => null,
        };
        if (all is null)
            return null;
        sentence.Take("time", i, to, second);
        if (word is Lex.Between or Lex.From)
            sentence.Take("time", before);
        i = second;
        return all;
    }

    // "Since March", of the one year that has it; "since last month".
    private Condition? Only(TableColumn column, Condition named, Lex word, int before, ref int i) =>
        named is Condition.Within { From: { } from, Before: { } end } ? Bounded(column, new Period.Span(from, end), word, before, ref i) : named;

    private Condition Parts(TableColumn column, Bucket part, int first, int last)
    {
        var length = part switch { Bucket.Weekday => 7, Bucket.Quarter => 4, _ => 12 };
        List<int> values = [.. Enumerable.Range(0, ((last - first + length) % length) + 1).Select(k => ((first - 1 + k) % length) + 1)];
        return Named(column, new Period.Every(part, values));
    }

    private bool IsNot(int before)
    {
        var at = sentence[before].Lex is Lex.In or Lex.On ? sentence.Previous(before) : before;
        if (sentence.Lex(at) is not (Lex.Not or Lex.Neither or Lex.Without))
            return false;
        sentence.Take("time", at);
        return true;
    }

    // "Not seen since March", where a column says when they last were: it was before.
    private bool IsNotSince(TableColumn column, Lex word, int before)
    {
        if (word != Lex.Since || !column.Parts().Any(p => p is "last" or "latest"))
            return false;
        var at = before - 1;
        while (at > 0 && (sentence[at].Lex is Lex.Filler or Lex.Verb or Lex.Is or Lex.Did || sentence[at].Column?.Columns.Contains(column) == true))
            at--;
        if (sentence.Lex(at) != Lex.Not)
            return false;
        sentence.Take("time", at);
        if (column.Empty > 0)
            sentence.Notes.Add($"Rows without {column.Name} ({column.Empty}) count as not since then.");
        return true;
    }

    private Condition.Within? Bounded(TableColumn column, Period.Span span, Lex word, int before, ref int i)
    {
        if (column.IsNumber && (span.From.DayOfYear != 1 || span.Before.DayOfYear != 1))
            return null;
        var and = sentence.Next(i);
        var second = sentence.Next(and);
        var isPair = word is Lex.Between or Lex.From || sentence[and].Lex is Lex.To or Lex.Minus;
        if (isPair && !IsChange && sentence[and].Lex is Lex.And or Lex.To or Lex.Until or Lex.Minus && sentence[second].Period is Period.Span last)
        {
            sentence.Take("time", i, and, before);
            i = second;
            return new Condition.Within(column, span.From, last.Before);
        }

        // "In 2021 or later".
        if (word is not (Lex.Since or Lex.After or Lex.Before or Lex.Until) && sentence.IsFree(i + 1) && sentence[i + 1].Lex is Lex.OrMore or Lex.OrLess && sentence[i + 1].Words[^1].Stem is "later" or "newer" or "earlier" or "more" or "upwards" or "older")
        {
            sentence.Take("time", i + 1);
            return sentence[i + 1].Lex == Lex.OrMore && sentence[i + 1].Words[^1].Stem != "older" ? new Condition.Within(column, span.From, null) : new Condition.Within(column, null, span.Before);
        }

        return word switch
        {
            Lex.Since => new Condition.Within(column, span.From, null),
            Lex.From when !IsChange && sentence[and].Lex is not Lex.To => new Condition.Within(column, span.From, IsOpen(before) ? null : span.Before),
            Lex.After => new Condition.Within(column, span.Before, null),
            Lex.Before => new Condition.Within(column, null, span.From),
            Lex.Until => new Condition.Within(column, null, span.Before),
            // "Delivered by 1 March 2024": then at the latest.
            Lex.By => By(column, span),
            _ => new Condition.Within(column, span.From, span.Before),
        };
    }

    private Condition.Within By(TableColumn column, Period.Span span)
    {
        sentence.Notes.Add($"'by' a time was read as: {column.Name} is before {span.Before:yyyy-MM-dd}.");
        return new Condition.Within(column, null, span.Before);
    }

    // "After 6 pm", "before noon", "between 9 am and 5 pm", "at 8 am".
    private Condition.PartOf? OfDay(TableColumn column, Period.Clock clock, Lex word, int before, ref int i)
    {
        if (column.Type != ColumnType.DateTime)
        {
            sentence.Refuse($"{column.Name} says no time of the day.");
            return null;
        }

        var and = sentence.Next(i);
        if (word is Lex.Between or Lex.From && sentence[and].Lex is Lex.And or Lex.To or Lex.Until or Lex.Minus && sentence[sentence.Next(and)].Period is Period.Clock end && end.Hour > clock.Hour)
        {
            sentence.Take("time", i, and, before);
            i = sentence.Next(and);
            return new Condition.PartOf(column, Bucket.Hour, [.. Enumerable.Range(clock.Hour, end.Hour - clock.Hour)]);
        }

        return word switch
        {
            Lex.After or Lex.Since or Lex.From => new Condition.PartOf(column, Bucket.Hour, [.. Enumerable.Range(clock.Hour, 24 - clock.Hour)]),
            Lex.Before or Lex.Until when clock.Hour > 0 => new Condition.PartOf(column, Bucket.Hour, [.. Enumerable.Range(0, clock.Hour)]),
            Lex.On => new Condition.PartOf(column, Bucket.Hour, [clock.Hour]),
            _ => null,
        };
    }

    // "From 2024 on" and "starting from" are open; "orders from 2024" are of that year.
    private bool IsOpen(int before) => sentence[before].Stem != "from" || sentence[sentence.Next(before) + 1].Stem is "on" or "onward" or "onwards";

    private bool IsChange => sentence.Has(Lex.Growth) || sentence.Has(Lex.Rise) || sentence.Has(Lex.Fall) || sentence.Has(Lex.Difference);

    // March of the one year that has it; else of every year, which is said.
    private Condition Named(TableColumn column, Period.Every every)
    {
        if (every.Part is Bucket.Month or Bucket.Quarter
            && column.Type != ColumnType.Text && TimeColumn.DayOf(column.Min) is { } min && TimeColumn.DayOf(column.Max) is { } max)
        {
            var months = every.Part == Bucket.Month ? 1 : 3;
            var years = Enumerable.Range(min.Year, max.Year - min.Year + 1)
                .Select(y => new DateOnly(y, ((every.Values[0] - 1) * months) + 1, 1)).Where(m => m <= max && m.AddMonths(months) > min).ToList();
            if (years is [var only] && every.Values.Count == 1)
                return new Condition.Within(column, only, only.AddMonths(months));
            if (years.Count > 1)
                sentence.Notes.Add($"The table has it in {years.Count} years ({years[0].Year} to {years[^1].Year}); all were taken together. Name a year for one.");
        }

        return new Condition.PartOf(column, every.Part, every.Values);
    }

    private Condition.Recent Last(TableColumn column, Period.Recent recent)
    {
        sentence.Notes.Add($"Counted back from the last {column.Name} in the table, {column.Max ?? column.Values.Max()}.");
        return new Condition.Recent(column, recent.Count, recent.Step);
    }

    private Condition.Within? Calendar(TableColumn column, Period.LastStep last)
    {
        var max = column.Type == ColumnType.Text ? column.Values.Max(v => CalendarColumns.PeriodOf(v)!.Value.Before.AddDays(-1)) : column.IsNumber && TimeColumn.YearOf(column.Max) is { } year ? new DateOnly(year, 12, 31) : TimeColumn.DayOf(column.Max);
        if (max is not { } day)
            return null;
        sentence.Notes.Add($"The last {last.Step.ToString().ToLowerInvariant()} is the one of the last {column.Name} in the table, {column.Max ?? column.Values.Max()}.");
        var (from, to) = last.Step switch
        {
            Bucket.Day => (day, day.AddDays(1)),
            Bucket.Week => (day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7))),
            Bucket.Month => (new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, day.Month, 1).AddMonths(1)),
            Bucket.Quarter => (new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1), new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1).AddMonths(3)),
            _ => (new DateOnly(day.Year, 1, 1), new DateOnly(day.Year + 1, 1, 1)),
        };
        return new Condition.Within(column, from, to);
    }
}
