using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// Words for how long something took, made one piece each: stay, length of stay, delivery time, how long, sold within 30 days.
/// And how old, how heavy: of what the adjective measures.
/// </summary>
internal sealed class SpanGrammar(Sentence sentence)
{
    private readonly TableProfile _table = sentence.Terms.Table;

    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new SpanGrammar(sentence);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (grammar.HowMuch(i) || grammar.TimeTo(i))
                continue;
            grammar.DaysUntil(i);
            grammar.InUnit(i);
            grammar.Took(i);
            grammar.Noun(i);
            grammar.Within(i, draft);
        }
    }

    // "Stay", "length of stay", "duration", where no column is called so.
    private void Noun(int i)
    {
        if (IsWord(i, "transit", "travel", "journey", "lead", "processing", "cycle", "transport", "throughput") && IsWord(i + 1, "time", "times") && sentence[i].Column is null && sentence[i].Values.Count == 0)
        {
            Put(i, i + 2, Measured());
            return;
        }

        if (!IsWord(i, "stay", "stayed", "duration", "turnaround", "lasted") || sentence[i].Values.Count > 0 || sentence[i].ColumnsWhere(c => c.IsMeasure()).Count > 0)
            return;
        // "Stayed the longest".
        if (sentence[i].Stem is "stayed" or "stay" && sentence.IsFree(i))
        {
            var longest = i + 1;
            while (sentence[longest].Lex is Lex.Filler && longest < i + 4)
                longest++;
            if (IsWord(longest, "longest", "shortest") && Measured() is { } stayed)
            {
                Put(i, i + 1, stayed);
                if (stayed is Expr.Days ends)
                    FromTo(ends);
                return;
            }
        }

        // A verb says how long only where a bound follows: "stayed in Surgery" is about where.
        var isNoun = sentence[i].Stem is "stay" or "duration" or "turnaround" && sentence[i - 1].Lex is not (Lex.Did or Lex.Is or Lex.Who) && !sentence[i - 1].IsRow;
        if (!isNoun && sentence[sentence.Next(i)].Lex is not (Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost or Lex.Between or Lex.Longer) && sentence[sentence.Next(i)].Number is null && sentence[sentence.Next(i)].Comparative is null)
            return;
        var from = i;
        if (sentence[i - 1].Stem == "of" && IsWord(i - 2, "length"))
            from = i - 2;
        var to = sentence[i + 1].Stem == "time" && sentence[i].Stem == "turnaround" ? i + 2 : i + 1;
        Put(from, to, Measured());
    }

    // "Total hours of work", where the one column that says how long is in minutes.
    private void InUnit(int i)
    {
        if (!IsWord(i, "hour", "hours", "minute", "minutes", "seconds") || sentence[i - 1].Lex is not (Lex.Sum or Lex.Average or Lex.Median) || sentence[i].Column is { Likeness: <= Likeness.Part })
            return;
        var timed = _table.Columns.Where(c => c.IsMeasure() && UnitWords.Factor(c, sentence[i].Stem) is { } factor && !double.IsNaN(factor)).ToList();
        if (timed is not [var column] || UnitWords.Factor(column, sentence[i].Stem) is not { } times || times == 1)
            return;
        Put(i, i + 1, new Expr.Binary('/', new Expr.Of(column), new Expr.Number(times)));
    }

    // "Took more than 10 days to close".
    private void Took(int i)
    {
        if (!IsWord(i, "take", "took", "takes", "needed", "need"))
            return;
        for (var to = i + 1; to < Math.Min(sentence.Count, i + 8); to++)
        {
            if (sentence[to].Lex != Lex.To || sentence[to + 1].ColumnsWhere(c => c.IsTime) is not [var end] || Spans.DaysTo(_table, end) is not { } days)
                continue;
            sentence.Take("measure", to, to + 1);
            Put(i, i + 1, days);
            return;
        }
    }

    // "Days on the lot before a car is sold", "how many days ahead of the visit": until then. What stands between is where they are spent.
    private void DaysUntil(int i)
    {
        if (!IsWord(i, "days"))
            return;
        // "How many days late": after it was due.
        if (sentence[i + 1].Stem is "late" or "overdue" && PunctualityGrammar.Times(_table) is var (due, done))
        {
            if (sentence[i - 1].Lex == Lex.HowMany)
                sentence.Take("measure", i - 1);
            Put(i, i + 2, new Expr.Days(due, done));
            return;
        }

        // "How many days did it take to sell a home".
        var take = i + 1;
        while (sentence[take].Lex is Lex.Did or Lex.Filler && !IsWord(take, "take", "took", "takes") && take < i + 5)
            take++;
        if (sentence[i - 1].Lex == Lex.HowMany && IsWord(take, "take", "took", "takes") && Spans.Days(_table) is { } whole)
        {
            sentence.Take("measure", i - 1, take);
            // "To sell a home", "to be resolved": that is its end.
            if (sentence[take + 1].Lex == Lex.To)
            {
                for (var k = take + 1; k < Math.Min(sentence.Count, take + 6) && !(sentence[k].Lex is Lex.In or Lex.On or Lex.From || sentence[k].Words[0].Kind is WordKind.Stop or WordKind.Comma); k++)
                {
                    if (sentence[k].Lex is Lex.To or Lex.Filler or Lex.Is || sentence[k].IsRow || sentence[k].ColumnsWhere(c => c == whole.To).Count > 0 || RowNouns.Verbs.Any(v => v.Contains(sentence[k].Stem) && whole.To.Parts().Any(v.Contains)))
                        sentence.Take("measure", k);
                }
            }

            Put(i, i + 1, whole);
            FromTo(whole);
            return;
        }

        for (var to = i + 1; to < Math.Min(sentence.Count, i + 7); to++)
        {
            var isAhead = sentence[to].Stem == "ahead" && sentence[to + 1].Stem == "of";
            if (!isAhead && sentence[to].Lex is not (Lex.Before or Lex.Until))
                continue;
            var end = sentence.Next(isAhead ? to + 1 : to);
            while (sentence[end].IsRow && sentence[end].ColumnsWhere(c => c.IsTime).Count == 0 || sentence[end].Lex == Lex.Is)
                end = sentence.Next(end);
            if ((sentence[end].ColumnsWhere(c => c.IsTime) is [var named] ? named : TimeOf(end)) is not { } time || Spans.DaysTo(_table, time) is not { } days)
                return;
            for (var k = i + 1; k <= end; k++)
            {
                // Only where the days are spent says nothing more; what narrows stays.
                if (k >= to || sentence[k].Lex is Lex.On or Lex.In or Lex.Filler || (sentence[k].IsUnknown && sentence[sentence.Previous(k)].Lex is Lex.On or Lex.In))
                    sentence.Take("measure", k);
            }

            if (sentence[i - 1].Lex == Lex.HowMany)
                sentence.Take("measure", i - 1);
            Put(i, i + 1, days);
            return;
        }
    }

    // "…, from listed to sold": its two ends once more.
    private void FromTo(Expr.Days days)
    {
        for (var k = 0; k < sentence.Count; k++)
        {
            var (from, to, end) = (sentence.Next(k), sentence.Next(sentence.Next(k)), sentence.Next(sentence.Next(sentence.Next(k))));
            if (sentence[k].Lex is Lex.From or Lex.Between && IsTime(from, days.From) && sentence[to].Lex is Lex.To or Lex.And or Lex.Until && IsTime(end, days.To))
                sentence.Take("measure", k, from, to, end);
        }
    }

    private bool IsTime(int i, TableColumn column) => sentence[i].ColumnsWhere(c => c == column).Count > 0 || (sentence[i].Words is [{ Kind: WordKind.Word } word] && sentence.Terms.RelatedColumns(word.Stem)?.Columns.Contains(column) == true);

    // The visit, of a visit date.
    private TableColumn? TimeOf(int i) => sentence[i].Words is [{ Kind: WordKind.Word } word]
        && _table.Columns.Where(c => c.IsTime && c.Parts().Contains(word.Stem)).ToList() is [var only] ? only : null;

    // "Delivery time", "time to delivery": until then.
    private bool TimeTo(int i)
    {
        if (sentence[i].ColumnsWhere(c => c.IsTime) is not [var end] || sentence[i].Bucket is not null || sentence[i].ColumnsWhere(c => c.IsMeasure()).Count > 0)
            return false;
        var isBefore = sentence[i + 1].Stem == "time" && sentence[i + 1].Words.Count == 1;
        var isAfter = sentence[i - 1].Lex == Lex.To && sentence[i - 2].Stem == "time";
        if (!isBefore && !isAfter || Spans.DaysTo(_table, end) is not { } days)
            return false;
        Put(isAfter ? i - 2 : i, isBefore ? i + 2 : i + 1, days);
        return true;
    }

    // "How long", "how old": the columns that the adjective is of.
    private bool HowMuch(int i)
    {
        if (sentence[i].Stem != "how" || sentence[i + 1].Words is not [{ Kind: WordKind.Word } word] || Adjectives.Plain(word.Stem) is not { } adjective || sentence[i + 1].Lex is not Lex.None)
            return false;
        var columns = adjective.Concepts.Select(c => sentence.Terms.ColumnsOfConcept(c).Where(m => m.IsMeasure()).ToList()).FirstOrDefault(c => c.Count > 0);
        if (columns is not null)
        {
            sentence.Merge(i, i + 2, new Item([.. sentence[i].Words, .. sentence[i + 1].Words]) { Lex = Lex.HowMuch, Column = new ColumnSense(columns, Likeness.Related) });
            return true;
        }

        if (word.Stem != "long" || Measured() is not { } expr)
            return false;
        Put(i, i + 2, expr);
        for (var k = i + 1; k < sentence.Count; k++)
        {
            if (expr is Expr.Days && sentence[k].Lex == Lex.In && IsWord(k + 1, "days"))
                sentence.Take("measure", k, k + 1);
            if (IsWord(k, "stay", "stayed", "last", "lasted", "take", "took"))
                sentence.Take("measure", k);
            // "Before they cancel": that is its end.
            if (expr is Expr.Days { To: var end } && sentence[k].Lex is Lex.Before or Lex.Until or Lex.To && sentence.Next(k) is var verb && sentence[verb].ColumnsWhere(c => c == end).Count > 0)
                sentence.Take("measure", k, verb);
        }

        return true;
    }

    // "Sold within 30 days", "returned within a week of the loan".
    private void Within(int i, Draft draft)
    {
        var (number, unit) = (sentence.Next(i), sentence.Next(sentence.Next(i)));
        if (sentence[i].Stem is not ("within" or "in less than" or "in under") || sentence[number].Number is not { } n || UnitWords.InDays(sentence[unit].Stem) is not { } days)
            return;
        var at = sentence.Previous(i);
        if (sentence[at].ColumnsWhere(c => c.IsTime) is not [var end] || Spans.DaysTo(_table, end) is not { } span)
            return;
        sentence.Take("bound", at, i, number, unit);
        // "Within a week of being opened": that is when it began.
        var begin = Enumerable.Range(unit + 1, Math.Max(0, Math.Min(4, sentence.Count - unit - 1))).FirstOrDefault(k => sentence[k].ColumnsWhere(c => c == span.From).Count > 0, -1);
        if (begin > 0 && sentence[unit + 1].Stem is "of" or "after" or "from")
            sentence.Take("bound", [.. Enumerable.Range(unit + 1, begin - unit)]);
        Say(sentence[at].Raw, span);
        draft.Filters.Add(new FilterPart(new Condition.Compare(span, "<=", new Expr.Number(n * days)), null, i));
    }

    private Expr? Measured() => Spans.Column(_table) is { } column ? new Expr.Of(column) : Spans.Days(_table);

    private void Put(int from, int to, Expr? expr)
    {
        if (expr is null)
            return;
        var item = new Item([.. Enumerable.Range(from, to - from).SelectMany(k => sentence[k].Words)]) { Formula = expr };
        sentence.Merge(from, to, item);
        Say(item.Raw, expr);
    }

    private void Say(string words, Expr expr)
    {
        sentence.Notes.Add($"'{words}' was read as {(expr is Expr.Days span ? $"the days from {span.From.Name} to {span.To.Name}" : expr.Columns.First().Name)}.");
        if (expr is Expr.Days { From: var from, To: var to } && from.Empty + to.Empty > 0)
            sentence.Notes.Add($"Rows without {from.Name} or {to.Name} do not count in it.");
    }

    private bool IsWord(int i, params ReadOnlySpan<string> words) => sentence[i].Words is [{ Kind: WordKind.Word } word] && words.Contains(word.Raw.ToLowerInvariant());
}
