using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Finds what a bound is of: what stands before it, what follows it, or what its adjective measures; of rows or of groups.</summary>
internal sealed class BoundTarget(Sentence sentence, Draft draft)
{
    private const int Reach = 5;
    private readonly BoundUnits _units = new(sentence);
    private readonly GroupBounds _groups = new(sentence, draft);

    public void Add(Bound bound)
    {
        if (bound.Adjective is { } adjective && Concept(adjective, bound.At) is { } measured)
        {
            var inUnit = _units.Convert(bound, measured) ?? bound;
            _units.Take(inUnit, measured);
            Compare(new Expr.Of(measured), inUnit, bound.At);
            return;
        }

        if (bound.IsTimes)
        {
            _groups.Times(bound);
            return;
        }

        // "The lowest salary among those with at least 18 employees": what a number stands directly before is what it counts.
        var left = IsCounting(bound) ? -1 : LeftOf(bound.At);
        if (left >= 0 && (ExprAt(left) switch { Expr.Of { Column: var measuredIn } => _units.Convert(bound, measuredIn), Expr.Days => _units.InDays(bound), _ => null }) is { } same)
            bound = same;
        var right = left >= 0 ? -1 : RightOf(bound.End);
        var at = left >= 0 ? left : right;
        if (at < 0)
        {
            if (!_groups.Different(bound))
                Alone(bound);
            return;
        }

        if (IsCounted(at) && (bound.Column is not null || bound.Beside is not null))
        {
            sentence.Refuse($"It does not say what of the {sentence[at].Raw} is to be compared.");
            return;
        }

        if (IsCounted(at))
        {
            sentence.Take("bound of groups", at, HowMany(at));
            _units.Take(bound, null);
            _groups.Add(new Measure.Rows(), bound);
            return;
        }

        var expr = ExprAt(at);
        if (expr is null)
            return;
        _units.Take(bound, expr.Columns.FirstOrDefault());
        sentence.Take("bound", at);
        var before = sentence.Previous(at);
        // "An average number of visits below 12".
        if (sentence.Lex(before) == Lex.HowMany && !sentence[at].IsRow && AggregateGrammar.StatisticOf(sentence.Lex(sentence.Previous(before))) is not null && _groups.Is)
        {
            sentence.Take("bound of groups", before);
            before = sentence.Previous(before);
        }

        var statistic = AggregateGrammar.StatisticOf(sentence.Lex(before) == Lex.On ? sentence[sentence.Previous(before)].Lex : sentence.Lex(before));
        var isAfter = right >= 0;
        if (statistic is { } of && (_groups.Is || _groups.IsTest))
        {
            sentence.Take("bound of groups", before, sentence.Lex(before) == Lex.On ? sentence.Previous(before) : before);
            _groups.Add(new Measure.Of(of, expr), bound);
        }
        else if (_groups.IsOf(bound, expr, at, isAfter) is not false and var isOf)
        {
            if (isOf is null || expr is not Expr.Of { Column: var column })
                return;
            sentence.Notes.Add($"Bounded is the total {column.Name} of each group.");
            _groups.Add(new Measure.Of(Statistic.Sum, expr), bound);
        }
        else
        {
            Compare(expr, bound, at);
        }
    }

    /// <summary>The nearest piece before a bound that it can be of; -1 where there is none.</summary>
    public int LeftOf(int at)
    {
        for (var (i, steps) = (at - 1, 0); i >= 0 && steps < Reach; i--, steps++)
        {
            var item = sentence[i];
            // "The average claim of policyholders under 25" bounds people, and no claims.
            if (i == at - 1 && (item.IsRow && (RowNouns.People.Contains(item.Stem) || item.Stem == sentence.Terms.Owner) && sentence[sentence.Previous(i)].Lex == Lex.On || item.Column is null && BoundPeople.Are(sentence, i)))
                return -1;
            if (IsMeasured(i))
                return i;
            if (item.IsRow && sentence.IsFree(i) && HowMany(i) >= 0 && _groups.Is)
                return i;
            // "The bill of patients over 65" is of the patients.
            if (sentence.IsFree(i) && item.Column is not null && item.Lex == Lex.None)
                return -1;
            if (item.Words[0].Kind is WordKind.Comma or WordKind.Stop || item.Lex is Lex.And or Lex.Or or Lex.HowMany or Lex.Which or Lex.Who || (item.IsRow && i < at - 1) || item.IsUnknown || item.Number is not null)
                return -1;
        }

        return -1;
    }

    private bool IsCounting(Bound bound) => bound is { Beside: null, Column: null, IsPercent: false } && sentence[bound.End].Number is not null && sentence.IsFree(bound.End + 1)
        && (sentence[bound.End + 1].IsRow || sentence[bound.End + 1].Lex == Lex.Row || (sentence[bound.End + 1].Column is { Likeness: <= Likeness.Part } && IsMeasured(bound.End + 1)))
        && (sentence[sentence.Previous(bound.At)].Lex is Lex.On or Lex.Did || sentence[bound.At - 1].Stem is "had" or "have" or "has");

    private int RightOf(int end)
    {
        for (var (i, steps) = (sentence.Next(end), 0); i < sentence.Count && steps < 3; i = sentence.Next(i), steps++)
        {
            if (IsMeasured(i) || (sentence.IsFree(i) && (sentence[i].IsRow || sentence[i].Lex == Lex.Row)))
                return i;
            if (sentence[i].Lex is not (Lex.In or Lex.On or Lex.Sum or Lex.Unit) && sentence[i].Values.Count == 0)
                return -1;
        }

        return -1;
    }

    private bool IsMeasured(int i) => sentence.IsFree(i) && (sentence[i].Formula is not null || (sentence[i].ColumnsWhere(c => c.IsNumber && !c.IsIdentifier()).Count > 0 && !IsGroupWord(i) && !BoundPeople.AreFlagged(sentence, i)));

    private bool IsGroupWord(int i) => sentence[sentence.Previous(i)].Lex is Lex.By or Lex.Each;

    private bool IsCounted(int at) => (sentence[at].IsRow || sentence[at].Lex == Lex.Row) && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count == 0;

    private int HowMany(int at) => sentence[sentence.Previous(at)].Lex == Lex.HowMany ? sentence.Previous(at) : -1;

    private Expr? ExprAt(int at)
    {
        if (sentence[at].Formula is { } formula)
            return formula;
        return sentence.Choose(at, sentence[at].ColumnsWhere(c => c.IsNumber)) is { } column ? new Expr.Of(column) : null;
    }

    private TableColumn? Concept(Adjective adjective, int at)
    {
        foreach (var concept in adjective.Concepts)
        {
            if (sentence.Terms.ColumnsOfConcept(concept).Where(c => c.IsMeasure()).ToList() is { Count: > 0 } columns)
                return sentence.Choose(at, Adjectives.AtEnd(adjective, columns));
        }

        // "Faster", where no column is called time, and one is in minutes.
        return adjective.Concepts[0] == "time" && sentence.Terms.TimedColumns() is { Count: > 0 } timed ? sentence.Choose(at, timed) : null;
    }

    // The bound stands alone: what it is of is what the question computes, where that is clear.
    private void Alone(Bound bound)
    {
        _units.Take(bound, null);
        // "Policyholders under 25": of the one number that is said of them.
        if (sentence[bound.At - 1] is { IsRow: true } people && people.Stem == sentence.Terms.Owner && bound.End == sentence.Next(bound.At)
            && sentence.Terms.Table.Columns.Where(c => c.IsMeasure() && c.Parts().Contains(people.Stem)).ToList() is [var theirs])
        {
            sentence.Notes.Add($"'{people.Raw} {sentence[bound.At].Raw} {BoundUnits.Text(bound.Value)}' was read by {theirs.Name}.");
            Compare(new Expr.Of(theirs), bound, bound.At);
            return;
        }

        // "Patients over 70": how old they are.
        if (bound is { Column: null, Beside: null, IsPercent: false, Value: > 0 and < 120 } && BoundPeople.Are(sentence, bound.At - 1) && sentence.Terms.Age is { } age && !IsInOtherUnit(bound))
        {
            sentence.Notes.Add($"'{sentence[bound.At - 1].Raw} {sentence[bound.At].Raw} {BoundUnits.Text(bound.Value)}' was read by {age.Name}.");
            Compare(new Expr.Of(age), bound, bound.At);
            return;
        }

        // "Women over 40", where nothing says how old.
        if (bound is { Column: null, Beside: null, IsPercent: false, Value: > 0 and < 120 } && sentence.Terms.Age is null && sentence[bound.At - 1].Column is null && BoundPeople.Are(sentence, bound.At - 1) && !IsInOtherUnit(bound))
        {
            sentence.Refuse($"No one column says how old they are, and '{sentence[bound.At - 1].Raw} {sentence[bound.At].Raw} {BoundUnits.Text(bound.Value)}' names no other.");
            return;
        }

        // "Below 40 or above 95", "more than 5 but less than 10": of the same.
        if ((sentence[sentence.Previous(bound.At)].Lex is Lex.And or Lex.Or || sentence[bound.At - 1].Stem == "but") && bound.End > bound.At && sentence[bound.End].Number is not null && draft.Filters is [.., { Condition: Condition.Compare { Left: var same } }])
        {
            Compare(same, bound, bound.At);
            return;
        }

        var numbers = sentence.Terms.Table.Columns.Where(c => c.IsMeasure()).ToList();
        if (numbers.Count == 0)
        {
            sentence.Refuse("It bounds a number, and the table has none.");
            return;
        }

        // "With a total of more than 1,500", where only one number can be meant.
        var before = sentence.Previous(bound.At);
        before = sentence.Lex(before) == Lex.On ? sentence.Previous(before) : before;
        if (_groups.Is && numbers is [var only] && AggregateGrammar.StatisticOf(sentence.Lex(before)) is { } statistic)
        {
            sentence.Take("bound of groups", before);
            _groups.Add(new Measure.Of(statistic, new Expr.Of(only)), bound);
            return;
        }

        var unit = sentence[bound.End].Stem;
        // "Bookings of more than a week": the one column of such a unit, or the days from the one time to the other.
        var related = numbers.Where(c => UnitWords.Factor(c, unit) is { } factor && !double.IsNaN(factor)).ToList();
        if (related is [var converted] && _units.Convert(bound, converted) is { } said)
        {
            Compare(new Expr.Of(converted), said, bound.At);
            return;
        }

        if (related.Count == 0 && UnitWords.InDays(unit) is not null && Spans.Days(sentence.Terms.Table) is { } span && _units.InDays(bound) is { } days)
        {
            sentence.Notes.Add($"'{sentence[bound.At].Raw}' bounds the days from {span.From.Name} to {span.To.Name}.");
            Compare(span, days, bound.At);
            return;
        }

        var inUnit = numbers.Where(c => UnitWords.IsOf(c, unit)).ToList();
        // "Amounts not flagged between 100 and 200": of the one number that is spoken of.
        var spoken = numbers.Where(c => Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Column is { Likeness: <= Likeness.Part, Columns: [var only2] } && only2 == c)).ToList();
        if (inUnit.Count != 1 && spoken is [var measured] && !draft.Filters.Exists(f => f.Column == measured) && bound.End > bound.At && sentence[bound.End].Number is null && UnitWords.Fits(measured, unit))
        {
            sentence.Notes.Add($"'{sentence[bound.At].Raw} {BoundUnits.Text(bound.Value)}' bounds {measured.Name}.");
            Compare(new Expr.Of(measured), bound, bound.At);
            return;
        }

        // "Farms that harvested more than 7,000 tonnes": the total of each.
        if (inUnit is [var added] && _groups.IsOfSeveral(bound.At) && !Enumerable.Range(0, bound.At).Any(i => sentence[i].IsRow) && _groups.IsOf(bound, new Expr.Of(added), bound.At, isAfter: true) == true)
        {
            sentence.Notes.Add($"Bounded is the total {added.Name} of each group.");
            _groups.Add(new Measure.Of(Statistic.Sum, new Expr.Of(added)), bound);
            return;
        }

        // "Homes under 500,000": of the only number that is ever so much, and ever less.
        if (inUnit.Count != 1 && bound is { Column: null, Beside: null, IsPercent: false } && !UnitWords.IsUnit(unit) && bound.Value >= 100 && numbers.Where(c => BoundPeople.Holds(c, bound.Value)).ToList() is [var sensible])
        {
            sentence.Notes.Add($"'{sentence[bound.At].Raw} {BoundUnits.Text(bound.Value)}' was read by {sensible.Name}; no other number of the table is about as large.");
            Compare(new Expr.Of(sensible), bound, bound.At);
            return;
        }

        if (sentence.Choose(bound.At, inUnit.Count == 1 ? inUnit : numbers, $"Of which column is '{sentence[bound.At].Raw} {BoundUnits.Text(bound.Value)}' a bound?") is { } column)
            Compare(new Expr.Of(column), _units.Convert(bound, column) ?? bound, bound.At);
    }

    private bool IsInOtherUnit(Bound bound) => UnitWords.IsUnit(sentence[bound.End].Stem) || UnitWords.IsUnit(sentence[sentence.Next(bound.End)].Stem) || sentence[sentence.Next(bound.End)].IsRow;

    private void Compare(Expr left, Bound bound, int at)
    {
        double Value(double value) => bound.IsPercent && left is Expr.Of { Column: var c } && IsFraction(c) ? value / 100 : value;
        if (bound.Beside is { } statistic)
        {
            var said = sentence.Next(bound.End);
            if (sentence.IsFree(said) && left is Expr.Of of && sentence[said].ColumnsWhere(c => c == of.Column).Count > 0)
                sentence.Take("bound", said);
            var within = Within(sentence.IsFree(said) || sentence.PartOf(said) != "bound" ? bound.End : said);
            sentence.Notes.Add($"Compared with the {statistic.ToString().ToLowerInvariant()} {left.Columns.First().Name} of {(within is null ? "the whole table" : $"all rows of the same {within.Name}")}.");
            draft.Filters.Add(new FilterPart(new Condition.Beside(left, bound.Sign, new Measure.Of(statistic, left)) { Same = within }, within, at));
        }
        else if (bound.Column is { } column)
        {
            draft.Filters.Add(new FilterPart(new Condition.Compare(left, bound.Sign, new Expr.Of(column)), null, at));
        }
        else
        {
            var low = new Condition.Compare(left, bound.Sign, new Expr.Number(Value(bound.Value)));
            Condition condition = bound.Upper is { } upper ? new Condition.All([low, new Condition.Compare(left, bound.UpperSign, new Expr.Number(Value(upper)))]) : low;
            draft.Filters.Add(new FilterPart(condition, left is Expr.Of one ? one.Column : null, at));
        }
    }

    // "Than the average of their department".
    private TableColumn? Within(int end)
    {
        var on = sentence.Next(end);
        if (sentence[on].Lex is not (Lex.On or Lex.In or Lex.Each))
            return null;
        var at = on + 1;
        while (sentence[at].Stem is "their" or "its" or "his" or "her" or "the" or "that" or "same" or "own" or "respective" or "each" or "every")
            at++;
        if ((at == on + 1 && sentence[on].Lex != Lex.Each) || !sentence.IsFree(at) || sentence[at].Bucket is not null || sentence[at].ColumnsWhere(c => c.IsCategory()) is not [var column] || sentence[at + 1].Values.Count > 0)
            return null;
        for (var k = on; k <= at; k++)
            sentence.Take("bound", k);
        return column;
    }

    private static bool IsFraction(TableColumn column) =>
        double.TryParse(column.Max, System.Globalization.CultureInfo.InvariantCulture, out var max) && max <= 1;
}
