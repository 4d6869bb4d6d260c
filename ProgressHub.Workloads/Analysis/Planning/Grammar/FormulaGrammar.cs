using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>
/// Puts arithmetic together: <c>quantity * unit price</c>, <c>(1 - discount)</c>, <c>orders divided by sessions</c>,
/// <c>revenue per order</c>, <c>the difference between price and cost</c>, <c>days between order date and ship date</c>.
/// </summary>
internal sealed class FormulaGrammar(Sentence sentence)
{
    private int _at;

    public static void Apply(Sentence sentence)
    {
        var grammar = new FormulaGrammar(sentence);
        for (var i = 0; i < sentence.Count; i++)
        {
            grammar.Between(i);
            grammar.Infix(i);
        }

        Definitions(sentence);
    }

    // A formula of more than one piece that begins here becomes one piece.
    private void Infix(int i)
    {
        if (!IsOperand(i) && sentence[i].Lex != Lex.Open)
            return;
        if (sentence[i].Lex != Lex.Open && sentence[i + 1].Lex is not (Lex.Plus or Lex.Minus or Lex.Times or Lex.Over) && sentence[i + 1].Stem != "per")
            return;
        if (PerMany(i))
            return;
        _at = i;
        if (Sum() is not { } found || _at - i < 3 || !found.Columns.Any())
            return;
        var words = Enumerable.Range(i, _at - i).SelectMany(k => sentence[k].Words).ToList();
        var slashed = found is Expr.Binary { Operator: '/' } quotient && IsPlain(quotient.Left) && IsPlain(quotient.Right) ? quotient : null;
        sentence.Merge(i, _at, new Item(words) { Formula = found, Ratio = slashed is null ? null : Totals(slashed.Left, slashed.Right) });
    }

    // "Revenue per 1,000 downloads": so many times the quotient, of the totals where totals are meant.
    private bool PerMany(int i)
    {
        _at = i;
        if (Operand() is not { } left || sentence[_at].Stem != "per" || sentence[_at + 1] is not { Number: { } many, Column: null, Period: null }
            || sentence[_at + 2].ColumnsWhere(c => c.IsMeasure() && c.AddsUp() == true) is not [var of])
            return false;
        var (right, end) = (new Expr.Of(of), _at + 3);
        sentence.Merge(i, end, new Item([.. Enumerable.Range(i, end - i).SelectMany(k => sentence[k].Words)])
        {
            Formula = new Expr.Binary('*', new Expr.Binary('/', left, right), new Expr.Number(many)),
            Ratio = IsPlain(left) ? new Measure.Binary('*', Totals(left, right), new Measure.Number(many)) : null,
        });
        return true;
    }

    private Expr? Sum()
    {
        var left = Product();
        while (left is not null && sentence[_at].Lex is Lex.Plus or Lex.Minus && Ahead())
        {
            var sign = sentence[_at].Lex == Lex.Plus ? '+' : '-';
            _at++;
            left = Product() is { } right ? new Expr.Binary(sign, left, right) : null;
        }

        return left;
    }

    private Expr? Product()
    {
        var left = Operand();
        while (left is not null && (sentence[_at].Lex is Lex.Times or Lex.Over || IsPer(left)) && Ahead())
        {
            var sign = sentence[_at].Lex == Lex.Times ? '*' : '/';
            _at++;
            left = Operand() is { } right ? new Expr.Binary(sign, left, right) : null;
        }

        return left;
    }

    // "Revenue per order" where orders are a quantity; "revenue per region" is a grouping.
    private bool IsPer(Expr left) => left is Expr.Of && sentence[_at].Stem == "per" && sentence[_at + 1] is { IsRow: false } next
        && (InUnit(_at + 1) is not null || next.Column is { Likeness: Likeness.Exact, Columns: [{ } only] } && only.IsMeasure() && only.AddsUp() == true);

    // "Cost per kg": the one column in that unit.
    private TableColumn? InUnit(int i) => sentence[i - 1].Stem == "per" && UnitWords.IsUnit(sentence[i].Stem)
        && sentence.Terms.Table.Columns.Where(c => c.IsMeasure() && UnitWords.IsOf(c, sentence[i].Stem)).ToList() is [var only] ? only : null;

    private bool Ahead() => IsOperand(_at + 1) || sentence[_at + 1].Lex == Lex.Open || (sentence[_at + 1].IsFiller && IsOperand(_at + 2));

    private Expr? Operand()
    {
        while (sentence[_at].Lex == Lex.Filler && sentence[_at].Column is null)
            _at++;
        var item = sentence[_at];
        if (item.Lex == Lex.Open)
        {
            _at++;
            var inner = Sum();
            if (inner is null || sentence[_at].Lex != Lex.Close)
                return null;
            _at++;
            return inner;
        }

        if (!IsOperand(_at))
            return null;
        if (InUnit(_at) is { } inUnit)
        {
            _at++;
            return new Expr.Of(inUnit);
        }

        if (item.ColumnsWhere(c => c.IsMeasure()) is { Count: > 0 } columns)
        {
            if (sentence.Choose(_at, columns) is not { } column)
                return null;
            _at++;
            return new Expr.Of(column);
        }

        _at++;
        return new Expr.Number(item.IsPercent ? item.Number!.Value / 100 : item.Number!.Value);
    }

    private bool IsOperand(int i) => InUnit(i) is not null || sentence[i].ColumnsWhere(c => c.IsMeasure()).Count > 0
        || (sentence[i] is { Number: not null, Period: null, Column: null } && (sentence[i + 1].Lex is Lex.Times or Lex.Over or Lex.Plus or Lex.Minus || sentence[i - 1].Lex is Lex.Times or Lex.Over or Lex.Plus or Lex.Minus));

    // "The difference between price and cost", "ratio of orders to sessions", "days between order date and ship date".
    private void Between(int i)
    {
        var head = sentence[i];
        var isDifference = head.Lex == Lex.Difference;
        var isRatio = head.Lex == Lex.Ratio;
        // "Days pass between", "days from".
        var asked = sentence[i + 1].Lex == Lex.Did && sentence[i + 2].Stem is "it" or "they" ? i + 3 : i + 1;
        var link = sentence[asked].Stem is "pass" or "passed" or "elapse" or "elapsed" or "lie" or "go" or "take" ? asked + 1 : i + 1;
        if (sentence[link].Stem is "by" or "it" && link == i + 2)
            link++;
        // "How long between", "the time from".
        var isHowLong = head.Stem == "how" && sentence[i + 1].Stem == "long";
        while (isHowLong && (link == i + 1 || sentence[link].Lex is Lex.Is or Lex.Did or Lex.Filler or Lex.Verb || sentence[link].Stem is "pass") && link < i + 6)
            link++;
        var isDays = (head.Bucket == Bucket.Day || head is { Stem: "night", Column: null } || isHowLong || head.Stem == "time") && sentence[link].Lex is Lex.Between or Lex.From;
        if (!isDifference && !isRatio && !isDays)
            return;
        var a = sentence.Next(isDays ? link - 1 : i);
        if (sentence[a].Lex is Lex.Between or Lex.On or Lex.From)
            a = sentence.Next(a);
        // "Between a rental going out and its return".
        if (isDays && sentence[a].IsRow && sentence[sentence.Next(a)].ColumnsWhere(c => c.IsTime).Count > 0)
            a = sentence.Next(a);
        // The difference of totals is the total of differences.
        if (isDifference && sentence[a].Lex == Lex.Sum)
            a = sentence.Next(a);
        var and = sentence.Next(a);
        if (sentence[and].Lex is not (Lex.And or Lex.To or Lex.Over))
            return;
        var b = sentence.Next(and);
        if (isDifference && sentence[b].Lex == Lex.Sum)
            b = sentence.Next(b);
        static bool Fits(TableColumn c) => c.IsMeasure();
        var (from, to) = (isDays ? Times(a) : sentence[a].ColumnsWhere(Fits), isDays ? Times(b) : sentence[b].ColumnsWhere(Fits));
        if (from.Count == 0 || to.Count == 0 || sentence.Choose(a, from) is not { } left || sentence.Choose(b, to) is not { } right || left == right)
        {
            return;
        }

        Expr formula = isDays ? new Expr.Days(left, right) : new Expr.Binary(isRatio ? '/' : '-', new Expr.Of(left), new Expr.Of(right));
        var words = Enumerable.Range(i, b + 1 - i).SelectMany(k => sentence[k].Words).ToList();
        sentence.Merge(i, b + 1, new Item(words) { Formula = formula, Ratio = isRatio ? Totals(new Expr.Of(left), new Expr.Of(right)) : null });
        for (var k = i + 1; isDays && k + 1 < sentence.Count; k++)
        {
            if (sentence[k].Lex == Lex.In && sentence[k + 1] is { Bucket: Bucket.Day, IsAdverb: false })
                sentence.Take("measure", k, k + 1);
        }
    }

    // The booking is booked_on, where only one time is of that root, also where a booking is what the rows are.
    private IReadOnlyList<TableColumn> Times(int at)
    {
        if (sentence[at].ColumnsWhere(c => c.IsTime) is { Count: > 0 } named)
            return named;
        return sentence[at].Words is [{ Kind: WordKind.Word } word] && sentence.Terms.RelatedColumns(Happened(word.Stem)) is { } related
            && related.Columns.Where(c => c.IsTime).ToList() is [var only] ? [only] : [];
    }

    // What happened at the time that a column is called after.
    private static string Happened(string noun) => noun switch
    {
        "sale" => "sold", "payment" => "paid", "departure" => "left", "birth" => "born", "purchase" => "bought", "start" => "started", "end" => "ended", "application" => "applied", "arrival" => "arrived", _ => noun,
    };

    // "Revenue (quantity * price)", "the conversion rate, that is orders divided by sessions": the words before are its name.
    private static void Definitions(Sentence sentence)
    {
        for (var i = 1; i < sentence.Count; i++)
        {
            if (sentence[i].Formula is not { } formula)
                continue;
            var first = sentence[i].Words[0];
            var before = sentence.Previous(i);
            var isDefinition = first.Raw == "(" || sentence[before].Lex is Lex.That or Lex.Open || sentence[before].Stem == "=";
            if (!isDefinition)
                continue;
            if (sentence[before].Lex is Lex.That or Lex.Open || sentence[before].Stem == "=")
                sentence.Take("formula", before);
            if (sentence[i + 1].Lex == Lex.Close)
                sentence.Take("formula", i + 1);
            var mine = formula.Columns.ToList();
            var start = i;
            for (var k = i - 1; k >= 0 && (Names(sentence, k, mine) || IsKey(sentence, k)); k--)
            {
                if (!IsKey(sentence, k) && (sentence[k].IsUnknown || sentence[k].Column is not null || sentence[k].Formula is not null))
                    start = k;
            }

            var name = Enumerable.Range(start, i - start).Where(k => !IsKey(sentence, k)).ToArray();
            sentence.Take("formula", name);
            if (name.Length > 0)
                sentence.Notes.Add($"'{string.Join(' ', name.Select(k => sentence[k].Raw))}' was taken as {string.Join(' ', sentence[i].Words.Select(w => w.Raw))}, and nothing else.");
        }
    }

    // "Load factor per airline (…)": what stands between the name and the formula tells the groups.
    private static bool IsKey(Sentence sentence, int k) => sentence[k].Lex is Lex.Each or Lex.By || (sentence[sentence.Previous(k)].Lex is Lex.Each or Lex.By && sentence[k].ColumnsWhere(c => c.IsCategory()).Count > 0);

    private static bool Names(Sentence sentence, int k, List<TableColumn> mine) => sentence[k] is var item && item.Words[0].Kind != WordKind.Stop && item.Values.Count == 0
        && (!sentence.IsFree(k) || item.IsUnknown || item.Formula is { } made && made.Columns.All(mine.Contains) || item.IsFiller || item.Lex is Lex.On or Lex.Ratio or Lex.Difference or Lex.Is or Lex.That
            || (item.Column is { } sense && item.Lex == Lex.None && (sense.Likeness == Likeness.Related || sense.Columns.Any(mine.Contains))));

    private static bool IsPlain(Expr expr) => expr is Expr.Of of && of.Column.AddsUp() != false;

    private static Measure.Binary Totals(Expr left, Expr right) =>
        new('/', new Measure.Of(Statistic.Sum, left), new Measure.Of(Statistic.Sum, right));
}
