using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Bounds: price above 100, at least 5 units, between 10 and 20, price greater than list price, above average.</summary>
internal sealed class ComparisonGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new ComparisonGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (!sentence.IsFree(i))
                continue;
            if (grammar.Range(i) is { } range)
                new BoundTarget(sentence, draft).Add(range);
            else if (grammar.Bound(i) is { } bound && !ShareBounds.Take(sentence, draft, bound))
                new BoundTarget(sentence, draft).Add(bound);
        }
    }

    // "Between 10 and 20", "from 10 to 20", "10 to 20".
    private Bound? Range(int i)
    {
        var first = sentence.Lex(i) is Lex.Between or Lex.From ? sentence.Next(i) : i;
        var to = sentence.Next(first);
        // "Between 100 pounds and 150 pounds".
        var unit = sentence.IsFree(to) && sentence[to] is { Number: null } said && (said.Lex == Lex.Unit || UnitWords.IsUnit(said.Stem)) ? to : -1;
        if (unit >= 0)
            to = sentence.Next(to);
        var second = sentence.Next(to);
        if (!IsNumber(first) || !IsNumber(second) || !(sentence[to].Lex is Lex.To or Lex.Minus || (sentence[to].Lex == Lex.And && sentence[i].Lex == Lex.Between)))
            return null;
        var end = Unit(second);
        // Of minutes and hours each number would have a measure of its own.
        if (unit >= 0 && end != second && sentence[unit].Stem != sentence[end].Stem)
            return null;
        if (unit >= 0 && end == second)
            end = unit;
        var (low, high) = (Value(first), Value(second));
        sentence.Take("bound", i, first, to, second);
        if (unit >= 0 && end != unit)
            sentence.Take("unit", unit);
        var isOpen = IsExclusive(i, end);
        return new Bound(isOpen ? ">" : ">=", Math.Min(low, high), i, end) { Upper = Math.Max(low, high), UpperSign = isOpen ? "<" : "<=", IsPercent = sentence[second].IsPercent };
    }

    // "Strictly between", "between 10 and 20 exclusive"; whether the ends count otherwise needs no word, and may have one.
    private bool IsExclusive(int from, int end)
    {
        if (sentence[from - 1].Stem == "strictly")
        {
            sentence.Take("bound", from - 1);
            return true;
        }

        var said = sentence[end + 1].Lex == Lex.Open || sentence[end + 1].Words[0].Kind == Language.WordKind.Comma ? end + 2 : end + 1;
        if (sentence[said].Stem is not ("inclusive" or "inclusively" or "included" or "exclusive" or "exclusively" or "excluded"))
            return false;
        sentence.Take("bound", end + 1, said);
        if (sentence[end + 1].Lex == Lex.Open)
            sentence.Take("bound", said + 1);
        return sentence[said].Stem[0] == 'e';
    }

    private Bound? Bound(int i)
    {
        var item = sentence[i];
        if (item.Comparative is { } adjective && sentence.Lex(sentence.Next(i)) == Lex.Than && item.Lex is Lex.None or Lex.Above or Lex.Below)
            return Than(i, sentence.Next(sentence.Next(i)), adjective.IsMore ? ">" : "<", adjective);
        var sign = SignOf(item.Lex);
        if (sign is not null && (Columns(i, sign) || ThanAverage(i, sign) || Partners.Compare(sentence, draft, i, sign) || Partners.PartOf(sentence, draft, i, sign)))
            return null;
        // "Ordered only once".
        if (item.Lex == Lex.Only && sentence[i + 1].Stem is "once" or "twice" && sentence[sentence.Previous(i)].Lex is not (Lex.Above or Lex.Below or Lex.AtLeast or Lex.AtMost))
            sign = "=";
        // "Have only one order".
        if (item.Lex == Lex.Only && sentence[i + 1].Number is not null && sentence[sentence.Next(i + 1)].IsRow && sentence[sentence.Previous(i)].Lex is Lex.On or Lex.Did)
            sign = "=";
        if (sign is null)
            return IsNumber(i) && OrMore(i) is { } or ? Postfix(i, or) : null;
        var at = sentence.Next(i);
        while (sentence[at].Lex is Lex.Than or Lex.To or Lex.Unit or Lex.On && at < sentence.Count)
            at = sentence.Next(at);
        return Than(i, at, sign, null);
    }

    // "More passengers than seats".
    private bool Columns(int i, string sign)
    {
        var (left, than) = (sentence.Next(i), sentence.Next(sentence.Next(i)));
        var right = sentence.Next(than);
        if (sentence.Lex(than) != Lex.Than || !sentence.IsFree(left) || !sentence.IsFree(right)
            || sentence[left].ColumnsWhere(c => c.IsMeasure()) is not { Count: > 0 } a || sentence[right].ColumnsWhere(c => c.IsMeasure()) is not { Count: > 0 } b
            || sentence.Choose(left, a) is not { } more || sentence.Choose(right, b) is not { } less || more == less)
        {
            return false;
        }

        sentence.Take("bound", i, left, than, right);
        draft.Filters.Add(new FilterPart(new Condition.Compare(new Expr.Of(more), sign, new Expr.Of(less)), null, left));
        return true;
    }

    // "More sick days than the average", "a higher salary than the average employee".
    private bool ThanAverage(int i, string sign)
    {
        var (left, than) = (sentence.Next(i), sentence.Next(sentence.Next(i)));
        var mean = sentence.Next(than);
        if (sentence.Lex(than) != Lex.Than || sentence.Lex(mean) is not (Lex.Average or Lex.Median) || !sentence.IsFree(left) || new GroupBounds(sentence, draft).Is
            || sentence[left].ColumnsWhere(c => c.IsMeasure()) is not { Count: > 0 } columns || sentence.Choose(left, columns) is not { } column)
            return false;
        var noun = sentence.Next(mean);
        var isWhole = sentence[noun].IsRow || sentence[noun].ColumnsWhere(c => c == column).Count > 0;
        if (!IsEnd(isWhole ? noun + 1 : mean + 1))
            return false;
        sentence.Take("bound", i, left, than, mean, isWhole ? noun : mean);
        var statistic = sentence[mean].Lex == Lex.Average ? Statistic.Average : Statistic.Median;
        sentence.Notes.Add($"Compared with the {statistic.ToString().ToLowerInvariant()} {column.Name} of the whole table.");
        var value = new Expr.Of(column);
        draft.Filters.Add(new FilterPart(new Condition.Beside(value, sign, new Measure.Of(statistic, value)), null, left));
        return true;
    }

    private bool IsEnd(int i) => i >= sentence.Count || sentence[i].Words[0].Kind == Language.WordKind.Stop;

    private Bound? Than(int i, int at, string sign, Adjective? adjective)
    {
        // "Not above 10": the word is in the bound only where there is one.
        var not = sentence.Previous(i);
        if (sentence.Lex(not) != Lex.Not)
            return Against(i, at, sign, adjective);
        var bound = Against(i, at, Opposite(sign), adjective);
        if (bound is not null)
            sentence.Take("bound", not);
        return bound;
    }

    private Bound? Against(int i, int at, string sign, Adjective? adjective)
    {
        if (IsNumber(at))
        {
            for (var k = i; k <= at; k++)
                sentence.Take("bound", k);
            var end = Unit(at);
            return new Bound(sign, Value(at), i, end) { Adjective = adjective, IsPercent = sentence[at].IsPercent, IsTimes = end > at && sentence[end].Stem == "times" && !IsCounted(i) };
        }

        if (Times(i, at) is { } times)
        {
            for (var k = i; k <= at; k++)
                sentence.Take("bound", k);
            return new Bound(sign, times, i, at);
        }

        // "More than once": so many rows of each.
        if (sentence.IsFree(at) && sentence[at].Words is [{ Stem: "once" or "twice" or "thrice" } often] && !IsCounted(i))
        {
            for (var k = i; k <= at; k++)
                sentence.Take("bound", k);
            return new Bound(sign, often.Stem switch { "once" => 1, "twice" => 2, _ => 3 }, i, at) { IsTimes = true };
        }

        // "Above average", "more than the average price"; "the higher average price" and "more on average" are beside another.
        var isBeside = !sentence[i].Stem.Contains(' ', StringComparison.Ordinal) && sentence[i].Stem is not ("above" or "below" or "over" or "under" or "exceed" or "exceeded" or "exceeding") && !Enumerable.Range(i, at - i).Any(k => sentence[k].Lex == Lex.Than);
        if (sentence.Lex(at) is Lex.Average or Lex.Median && !isBeside && sentence[at].Stem != "on average")
        {
            for (var k = i; k <= at; k++)
                sentence.Take("bound", k);
            // "Than the average employee": than the average of them all.
            if (sentence[at + 1] is { IsRow: true } whole && whole.ColumnsWhere(c => c.IsMeasure()).Count == 0 && IsEnd(at + 2))
                sentence.Take("bound", at + 1);
            return new Bound(sign, 0, i, at) { Adjective = adjective, Beside = sentence[at].Lex == Lex.Average ? Statistic.Average : Statistic.Median };
        }

        if (sentence[at].ColumnsWhere(c => c.IsMeasure() || c.IsTime) is { Count: > 0 } columns && sentence.IsFree(at)
            && new BoundTarget(sentence, draft).LeftOf(i) is >= 0 and var left && left != at && sentence.Choose(at, columns) is { } column)
        {
            for (var k = i; k <= at; k++)
                sentence.Take("bound", k);
            return new Bound(sign, 0, i, at) { Column = column };
        }

        return null;
    }

    // "10 or more", "2 pieces or more".
    private int? OrMore(int i)
    {
        var next = sentence.Next(i);
        if (sentence.IsFree(next) && (sentence[next].ColumnsWhere(c => c.IsMeasure()).Count > 0 || sentence[next].Lex == Lex.Unit || UnitWords.IsUnit(sentence[next].Stem)))
            next = sentence.Next(next);
        return sentence.Lex(next) is Lex.OrMore or Lex.OrLess ? next : null;
    }

    private Bound Postfix(int i, int or)
    {
        sentence.Take("bound", i, or);
        return new Bound(sentence[or].Lex == Lex.OrMore ? ">=" : "<=", Value(i), i, or == sentence.Next(i) ? Unit(or) : UnitWords.IsUnit(sentence[sentence.Next(i)].Stem) ? sentence.Next(i) : i) { IsPercent = sentence[i].IsPercent };
    }

    // "Renewed at least once": how often is a column of its own. Of anything else it may be rows that are meant.
    private double? Times(int i, int at)
    {
        return !IsCounted(i) || !sentence.IsFree(at) ? null : sentence[at].Stem switch { "once" => 1, "twice" => 2, _ => null };
    }

    private bool IsCounted(int i) => sentence.Previous(i) is var verb && sentence.IsFree(verb) && sentence[verb].ColumnsWhere(c => c is { Type: ColumnType.Whole } && c.IsMeasure()) is [var counted] && !UnitWords.IsMoney(counted) && counted != sentence.Terms.Money;

    private bool IsNumber(int i) => sentence.IsFree(i) && sentence[i].Number is not null;

    private double Value(int i) => sentence[i].Number!.Value;

    // What the number is in: euros, kWh, years, %. It is passed over where it may be that of the column; the place after it.
    private int Unit(int at)
    {
        var next = sentence.Next(at);
        // "Less than 5 nights", where nights are what a column counts.
        if (sentence[next].Column is { Likeness: Likeness.Exact } && sentence[next].ColumnsWhere(c => c.IsMeasure()).Count > 0)
            return at;
        if (sentence.IsFree(next) && (sentence[next].Lex is Lex.Unit || (sentence[next].Stem == "times" && sentence[next + 1].Number is null && sentence[next + 1].ColumnsWhere(c => c.IsMeasure()).Count == 0) || (sentence[next].Lex == Lex.Share && sentence[next].Stem is "percent" or "%" or "pct")
            || (sentence[next].Bucket is not null && !sentence[next].IsAdverb && sentence[next].Column is null or { Likeness: not Likeness.Exact })
            || UnitWords.IsUnit(sentence[next].Stem)))
        {
            return next;
        }

        return at;
    }

    private static string? SignOf(Lex lex) => lex switch
    {
        Lex.Above => ">", Lex.Below => "<", Lex.AtLeast => ">=", Lex.AtMost => "<=", Lex.Equal => "=", _ => null,
    };

    /// <summary>The comparison that holds where another does not.</summary>
    public static string Opposite(string sign) => sign switch { ">" => "<=", "<" => ">=", ">=" => "<", "<=" => ">", "=" => "<>", _ => "=" };
}

/// <summary>A bound, before it is known of what.</summary>
/// <param name="Sign">The comparison.</param>
/// <param name="Value">The number.</param>
/// <param name="At">Where it begins.</param>
/// <param name="End">Its last piece.</param>
internal sealed record Bound(string Sign, double Value, int At, int End)
{
    public double? Upper { get; init; }

    public string UpperSign { get; init; } = "<=";

    public bool IsPercent { get; init; }

    public bool IsTimes { get; init; }

    public Adjective? Adjective { get; init; }

    public Statistic? Beside { get; init; }

    public TableColumn? Column { get; init; }
}
