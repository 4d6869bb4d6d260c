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
        if (sentence[i].Number is not { } number || sentence[i].Period is not Period.Span)
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

    private void Read(int i)
    {
        if (TimeColumn.Of(sentence, i) is not { } column)
            return;
        var before = sentence.Previous(i);
        var word = sentence[before].Lex;
        var condition = sentence[i].Period switch
        {
            Period.Span span => Bounded(column, span, word, before, ref i),
            Period.Every every => Named(column, every),
            Period.Recent recent => Last(column, recent),
            Period.LastStep last => Calendar(column, last),
            Period.Clock clock => OfDay(column, clock, word, before, ref i),
            _ => null,
        };
        if (column.Type == ColumnType.Text && condition is not null)
            condition = OfPeriods(column, condition);
        if (condition is null || (column.IsNumber && condition is Condition.PartOf))
            return;
        sentence.Take("time", i);
        // "After March" of every year says no end: the word is told.
        var isEdge = sentence[i].Period is Period.Span or Period.Clock;
        if (word is Lex.In or Lex.On or Lex.Between or Lex.To || (word == Lex.From && sentence[before].Words[0].Stem == "from") || (isEdge && word is Lex.Since or Lex.After or Lex.Before or Lex.Until or Lex.From))
            sentence.Take("time", before);
        draft.Filters.Add(new FilterPart(condition, column, i, IsNot(before)));
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

    private bool IsNot(int before)
    {
        var at = sentence[before].Lex is Lex.In or Lex.On ? sentence.Previous(before) : before;
        if (sentence.Lex(at) != Lex.Not)
            return false;
        sentence.Take("time", at);
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

        return word switch
        {
            Lex.Since => new Condition.Within(column, span.From, null),
            Lex.From when !IsChange && sentence[and].Lex is not Lex.To => new Condition.Within(column, span.From, IsOpen(before) ? null : span.Before),
            Lex.After => new Condition.Within(column, span.Before, null),
            Lex.Before => new Condition.Within(column, null, span.From),
            Lex.Until => new Condition.Within(column, null, span.Before),
            _ => new Condition.Within(column, span.From, span.Before),
        };
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
        if (every.Part is Bucket.Month or Bucket.Quarter && every.Values.Count == 1
            && column.Type != ColumnType.Text && TimeColumn.DayOf(column.Min) is { } min && TimeColumn.DayOf(column.Max) is { } max)
        {
            var months = every.Part == Bucket.Month ? 1 : 3;
            var years = Enumerable.Range(min.Year, max.Year - min.Year + 1)
                .Select(y => new DateOnly(y, ((every.Values[0] - 1) * months) + 1, 1)).Where(m => m <= max && m.AddMonths(months) > min).ToList();
            if (years is [var only])
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
